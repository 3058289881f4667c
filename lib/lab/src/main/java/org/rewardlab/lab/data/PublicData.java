package org.rewardlab.lab.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.rewardlab.lab.experiment.Home;

/**
 * The public data sets of {@code datasets/catalog.json}: fetched once, checked by their hash, kept.
 *
 * <p>A transfer that broke off goes on where it stopped. What does not have the hash of the catalogue is not kept. Where there is no
 * network, the message says which file to fetch by other means and where to put it.
 */
public final class PublicData {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode catalog;
    private final Path folder;

    /**
     * A catalogue.
     *
     * @param catalog the file {@code catalog.json}
     * @param folder where fetched files are kept
     */
    public PublicData(Path catalog, Path folder) {
        try {
            this.catalog = JSON.readTree(Files.readString(catalog));
        } catch (IOException failure) {
            throw new UncheckedIOException(catalog + ": cannot be read: " + failure.getMessage(), failure);
        }
        this.folder = folder;
    }

    /** The project's own catalogue, with files kept below {@code datasets/fetched}. */
    public static PublicData ofProject() {
        Path datasets = Home.folder().resolve("datasets");
        return new PublicData(datasets.resolve("catalog.json"), datasets.resolve("fetched"));
    }

    /** The names of the sets that can be fetched. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        catalog.path("public").forEach(entry -> names.add(entry.path("name").asText()));
        return names;
    }

    /**
     * The file of a set, fetched if it is not here yet.
     *
     * @throws InvalidDataException if the catalogue lacks the set or its hash, the file cannot be had, or its bytes are not those of the catalogue
     */
    public Path fetch(String name) {
        JsonNode entry = entry(name);
        Path file = folder.resolve(name)
                .resolve(Path.of(entry.path("file").asText()).getFileName());
        boolean packed = entry.path("sha256").isTextual();
        String hash = entry.path(packed ? "sha256" : "sha256_unpacked").asText("");
        if (!hash.matches("[0-9a-f]{64}")) {
            throw InvalidDataException.in(
                    file, "the catalogue has no sha256 for " + name + ": what came could not be checked");
        }
        if (Files.exists(file) && hash(file, packed).equals(hash)) {
            return file;
        }
        URI address = address(entry);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            transfer(address, part);
            String came = hash(part, packed);
            if (!came.equals(hash)) {
                Files.delete(part);
                throw InvalidDataException.in(
                        file, "expected sha256 " + hash + ", came " + came + " from " + address + "; nothing was kept");
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (IOException offline) {
            throw InvalidDataException.in(
                    file,
                    "could not be fetched (" + offline + "). Without a network: fetch " + address
                            + " elsewhere and put it there; sha256" + (packed ? " " : " of its unpacked bytes ")
                            + hash);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw InvalidDataException.in(file, "interrupted; the next call goes on where this one stopped");
        }
    }

    private JsonNode entry(String name) {
        for (JsonNode entry : catalog.path("public")) {
            if (entry.path("name").asText().equals(name)) {
                return entry;
            }
        }
        throw new IllegalArgumentException("name: expected one of " + names() + ", got " + name);
    }

    /** The address given, or the file of a commit on the set's page. */
    private static URI address(JsonNode entry) {
        if (entry.path("address").isTextual()) {
            return URI.create(entry.path("address").asText());
        }
        String page = entry.path("page").asText().replace("https://github.com/", "https://raw.githubusercontent.com/");
        return URI.create(page + "/" + entry.path("commit").asText() + "/"
                + entry.path("file").asText());
    }

    /** Appends what is missing; begins anew if the server does not go on in the middle. */
    private static void transfer(URI address, Path part) throws IOException, InterruptedException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(10));
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() == 416) {
                return; // nothing is missing
            }
            if (response.statusCode() != 200 && response.statusCode() != 206) {
                throw new IOException("status " + response.statusCode());
            }
            boolean goesOn = response.statusCode() == 206;
            try (OutputStream out = Files.newOutputStream(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
                in.transferTo(out);
            }
        }
    }

    private static String hash(Path file, boolean packed) {
        try (InputStream in = packed ? Files.newInputStream(file) : DataStream.open(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException damaged) {
            return "of a damaged file (" + damaged.getMessage() + ")";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
