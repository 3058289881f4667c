package org.rewardlab.workbench.widget;

import java.util.List;
import java.util.stream.Collectors;

/** Widgets beside or below one another. */
public final class Box extends Seen {

    private final List<Widget> children;
    private final String separator;

    private Box(String name, String separator, List<Widget> children) {
        super(Module.CONTROLS, name, null);
        this.children = List.copyOf(children);
        this.separator = separator;
        initially("box_style", "");
        initially("children", this.children);
    }

    static Box row(List<Widget> children) {
        return new Box("HBox", "   ", children);
    }

    static Box column(List<Widget> children) {
        return new Box("VBox", "\n", children);
    }

    @Override
    String text() {
        return children.stream()
                .map(Widget::text)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(separator));
    }
}
