@NullMarked
package org.rewardlab.lab.model;

import org.jspecify.annotations.NullMarked;
