package org.rewardlab.workbench.widget;

/** A widget that belongs to another one: its layout or its style, of which a reader sees nothing by itself. */
final class Part extends Widget {

    private Part(Module module, String model, Module viewModule, String view) {
        super(module, model, view);
        initially("_view_module", viewModule.packageName());
        initially("_view_module_version", viewModule.version());
    }

    /** A layout with the sizes of the front end. */
    static Part layout() {
        return new Part(Module.BASE, "LayoutModel", Module.BASE, "LayoutView");
    }

    /** A style in which descriptions have the room that they need. */
    static Part described(String model) {
        Part style = new Part(Module.CONTROLS, model, Module.BASE, "StyleView");
        style.initially("description_width", "initial");
        return style;
    }

    /** The style of a button. */
    static Part button() {
        return new Part(Module.CONTROLS, "ButtonStyleModel", Module.BASE, "StyleView");
    }

    @Override
    String text() {
        return "";
    }
}
