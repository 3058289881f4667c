package org.rewardlab.workbench.widget;

/** The packages of the front end that hold the models and views, each in the version of its models. */
enum Module {
    BASE("@jupyter-widgets/base", "2.0.0", "1.2.0"),
    CONTROLS("@jupyter-widgets/controls", "2.0.0", "1.5.0"),
    OUTPUT("@jupyter-widgets/output", "1.0.0", "1.0.0");

    private final String packageName;
    private final String version;

    /** {@code REWARDLAB_WIDGETS=7} is for front ends that have ipywidgets 7 and refuse models of later ones. */
    Module(String packageName, String version, String versionBefore) {
        this.packageName = packageName;
        this.version = "7".equals(System.getenv("REWARDLAB_WIDGETS")) ? versionBefore : version;
    }

    String packageName() {
        return packageName;
    }

    String version() {
        return version;
    }
}
