/** Notebook files of nbformat 4: read, changed in place with everything unknown kept, written whole. */
@NullMarked
package org.rewardlab.kernel.notebook;

import org.jspecify.annotations.NullMarked;
