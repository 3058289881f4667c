package org.rewardlab.kernel.install;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/** Stands in for the kernel: prints what its JVM was told. */
public final class StartProbe {
    private StartProbe() {}

    public static void main(String[] arguments) {
        System.out.println("arguments " + List.of(arguments));
        System.out.println("probe " + System.getProperty("probe"));
        System.out.println("encoding " + Charset.defaultCharset());
        System.out.println("headless " + System.getProperty("java.awt.headless"));
        System.out.println("java " + Path.of(System.getProperty("java.home")));
        System.out.println("heap " + Runtime.getRuntime().maxMemory() / (1 << 20));
        System.out.println("pid " + ProcessHandle.current().pid());
        System.out.println("names " + System.getProperty("sun.jnu.encoding"));
        System.out.println("locale " + System.getenv("LC_ALL"));
        System.out.println("threads " + System.getenv("OMP_NUM_THREADS"));
    }
}
