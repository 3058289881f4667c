package org.rewardlab.kernel.page;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the pictures that text refers to into the page itself: attachments of the cell and files beside the notebook. */
final class Pictures {
    private static final long LARGEST_FILE = 10_000_000;
    private static final Pattern IMAGE =
            Pattern.compile("(?i)<img\\b([^>]*?)\\bsrc\\s*=\\s*(\"([^\"]*)\"|'([^']*)')([^>]*?)/?>");
    private static final Pattern ALT = Pattern.compile("(?i)\\balt\\s*=\\s*\"([^\"]*)\"");
    private static final Map<String, String> TYPES = Map.of(
            "png",
            "image/png",
            "jpg",
            "image/jpeg",
            "jpeg",
            "image/jpeg",
            "gif",
            "image/gif",
            "svg",
            "image/svg+xml",
            "webp",
            "image/webp",
            "avif",
            "image/avif");

    private final @Nullable Path folder;

    /** @param folder where relative addresses start; null when the notebook is not a file */
    Pictures(@Nullable Path folder) {
        this.folder = folder;
    }

    /** The HTML with each picture's address replaced by its data; one that cannot be had becomes its description. */
    String embed(String html, Map<String, Map<String, String>> attachments) {
        return IMAGE.matcher(html).replaceAll(image -> {
            String source = image.group(3) != null ? image.group(3) : image.group(4);
            String data = source.startsWith("data:")
                    ? source
                    : data(source, attachments).orElse("");
            String others = image.group(1) + image.group(5);
            return Matcher.quoteReplacement(
                    data.isEmpty() ? missing(source, others) : "<img src=\"" + data + "\" " + others.strip() + ">");
        });
    }

    private Optional<String> data(String source, Map<String, Map<String, String>> attachments) {
        String address = decoded(source);
        if (address.startsWith("attachment:")) {
            return attachments.getOrDefault(address.substring("attachment:".length()), Map.of()).entrySet().stream()
                    .findFirst()
                    .map(data -> "data:" + data.getKey() + ";base64,"
                            + data.getValue().replaceAll("\\s", ""));
        }
        int dot = address.lastIndexOf('.');
        String type = dot < 0 ? null : TYPES.get(address.substring(dot + 1).toLowerCase(Locale.ROOT));
        if (folder == null || type == null || address.contains("://")) {
            return Optional.empty();
        }
        try {
            Path file = folder.resolve(address);
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                return Optional.empty();
            }
            return Optional.of(
                    "data:" + type + ";base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String decoded(String source) {
        try {
            return URLDecoder.decode(source.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return source;
        }
    }

    private static String missing(String source, String attributes) {
        Matcher alt = ALT.matcher(attributes);
        String text = alt.find() && !alt.group(1).isBlank() ? alt.group(1) : source;
        return "<a class=\"picture\" href=\"" + source + "\">" + text + "</a>";
    }
}
