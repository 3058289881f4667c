/**
 * Controls that a reader of a notebook can move, in the protocol of Jupyter's widgets (version 2, as ipywidgets 7 and 8 speak
 * it). Where no front end is, they are text.
 */
@NullMarked
package org.rewardlab.workbench.widget;

import org.jspecify.annotations.NullMarked;
