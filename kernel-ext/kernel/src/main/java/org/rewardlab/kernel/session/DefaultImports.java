package org.rewardlab.kernel.session;

import java.util.List;

/** What every notebook has imported: the packages of IJava and JJava, streams, and the functions of {@link Notebook}. */
final class DefaultImports {

    static final List<String> LINES = List.of(
            "import java.util.*;",
            "import java.io.*;",
            "import java.math.*;",
            "import java.net.*;",
            "import java.time.*;",
            "import java.util.concurrent.*;",
            "import java.util.function.*;",
            "import java.util.prefs.*;",
            "import java.util.regex.*;",
            "import java.util.stream.*;",
            "import static org.rewardlab.kernel.session.Notebook.*;");

    private DefaultImports() {}
}
