/** What a model's output says: formats and verdicts parsed from it, answers compared. Text in, records and numbers out. */
@NullMarked
package org.rewardlab.verify;

import org.jspecify.annotations.NullMarked;
