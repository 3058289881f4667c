/** What an experiment needs around the primitives: data, models, trainers, environments, plots, claims. */
@NullMarked
package org.rewardlab.lab;

import org.jspecify.annotations.NullMarked;
