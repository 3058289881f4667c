package org.rewardlab.workbench.magic;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Displayable;
import org.rewardlab.lab.display.Html;
import org.rewardlab.workbench.memory.ArrayScopes;

/**
 * {@code %doctor}: whether this kernel has what it needs.
 *
 * @param findings one for each thing that was looked at
 */
record Doctor(List<Finding> findings) implements Displayable {

    /** One thing, whether it is well, and what was found. */
    record Finding(String what, boolean well, String found) {}

    private static final Pattern JAR =
            Pattern.compile("(.+?)-(\\d[\\w.+-]*?)(-(?:sources|linux|osx|win)[\\w-]*)?\\.jar");

    static Doctor examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.add(engine());
        String problem = ArrayScopes.start().problem();
        findings.add(new Finding(
                "tensor memory",
                problem == null,
                problem == null ? "arrays own their memory and are freed when nothing reaches them" : problem));
        findings.add(versions());
        findings.add(conflicts(System.getProperty("java.class.path", "")));
        return new Doctor(findings);
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        return new Finding(
                "Java",
                feature >= 17,
                Runtime.version() + ", " + System.getProperty("java.vm.name") + ", " + System.getProperty("os.name")
                        + " " + System.getProperty("os.arch"));
    }

    private static Finding memory() {
        long heap = Runtime.getRuntime().maxMemory();
        return new Finding(
                "memory",
                heap >= 256L << 20,
                "Java heap up to " + MemoryReport.size(heap) + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors");
    }

    private static Finding engine() {
        try {
            Engine engine = Engine.getInstance();
            Device device = engine.defaultDevice();
            return new Finding(
                    "tensors",
                    true,
                    engine.getEngineName() + " " + engine.getVersion() + " on " + DeviceMagic.name(device) + ", "
                            + (engine.getGpuCount() == 0 ? "no GPU" : engine.getGpuCount() + " GPU"));
        } catch (RuntimeException | LinkageError e) {
            return new Finding("tensors", false, "the engine does not start: " + e);
        }
    }

    private static Finding versions() {
        List<String> versions = new ArrayList<>();
        Map<String, TreeSet<String>> jars = jars(System.getProperty("java.class.path", ""));
        for (String name : List.of("rewardlab-kernel", "api", "pytorch-engine", "tablesaw-core", "xchart")) {
            TreeSet<String> found = jars.get(name);
            if (found != null) {
                versions.add((name.equals("api") ? "djl" : name) + " " + String.join(" and ", found));
            }
        }
        return new Finding(
                "versions",
                true,
                versions.isEmpty() ? "classes, not jars, are on the class path" : String.join(", ", versions));
    }

    /** Jars that are on the class path in two versions: which one a class comes from is chance. */
    static Finding conflicts(String classPath) {
        List<String> twice = new ArrayList<>();
        jars(classPath).forEach((name, versions) -> {
            if (versions.size() > 1) {
                twice.add(name + " " + String.join(" and ", versions));
            }
        });
        return new Finding("class path", twice.isEmpty(), twice.isEmpty() ? "no jar twice" : String.join("; ", twice));
    }

    private static Map<String, TreeSet<String>> jars(String classPath) {
        Map<String, TreeSet<String>> jars = new TreeMap<>();
        for (String entry : classPath.split(Pattern.quote(File.pathSeparator))) {
            @Nullable Path name = Path.of(entry).getFileName();
            Matcher jar = JAR.matcher(name == null ? "" : name.toString());
            if (jar.matches()) {
                jars.computeIfAbsent(jar.group(1), n -> new TreeSet<>()).add(jar.group(2));
            }
        }
        return jars;
    }

    @Override
    public Map<String, Object> mimeBundle() {
        StringBuilder html = new StringBuilder();
        for (Finding finding : findings) {
            html.append("<div style=\"display:flex;gap:10px;line-height:1.6\"><span style=\"width:1em;color:")
                    .append(finding.well() ? "#2e8b57\">✓" : "#d64545\">✗")
                    .append("</span><b style=\"flex:0 0 9em;font-weight:600\">")
                    .append(Html.escape(finding.what()))
                    .append("</b><span>")
                    .append(Html.escape(finding.found()))
                    .append("</span></div>");
        }
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/html", html.toString());
        bundle.put("text/plain", toString());
        return bundle;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(finding.well() ? "✓ " : "✗ ")
                    .append(finding.what());
            text.append(": ").append(finding.found());
        }
        return text.toString();
    }
}
