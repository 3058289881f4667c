package org.rewardlab.workbench.widget;

import org.jspecify.annotations.Nullable;

/** A widget with a place on the page. */
abstract class Seen extends Widget {

    Seen(Module module, String name, @Nullable Part style) {
        super(module, name + "Model", name + "View");
        initially("_dom_classes", java.util.List.of());
        initially("layout", Part.layout());
        if (style != null) {
            initially("style", style);
        }
    }
}
