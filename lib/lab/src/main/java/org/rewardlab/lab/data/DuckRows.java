package org.rewardlab.lab.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

/** Reads Parquet and CSV through DuckDB, which streams: neither file nor result is held whole. Needs {@code org.duckdb:duckdb_jdbc}. */
final class DuckRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DuckRows() {}

    /** @throws InvalidDataException if the file is missing or is not what its name says */
    static long read(Path file, JsonLines.RowHandler handler) {
        if (!Files.isRegularFile(file)) {
            throw InvalidDataException.in(file, Files.exists(file) ? "not a file" : "no such file");
        }
        Properties streaming = new Properties();
        streaming.setProperty("jdbc_stream_results", "true");
        long rows = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", streaming);
                PreparedStatement query =
                        connection.prepareStatement("select to_json(t) from " + reader(file) + " t")) {
            query.setString(1, file.toString());
            try (ResultSet results = query.executeQuery()) {
                while (results.next()) {
                    rows++;
                    Place place = new Place(file, rows);
                    JsonNode row = JSON.readTree(results.getString(1));
                    if (!(row instanceof ObjectNode object)) {
                        throw InvalidDataException.at(place, "expected a row with columns, came " + row.getNodeType());
                    }
                    handler.accept(object, place);
                }
            }
        } catch (SQLException | JsonProcessingException failure) {
            throw InvalidDataException.in(
                    file,
                    "cannot be read: "
                            + String.valueOf(failure.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""));
        }
        return rows;
    }

    /** CSV has a head line with the names of the columns; Parquet knows its own. */
    private static String reader(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet")) {
            return "read_parquet(?)";
        }
        return "read_csv(?, header = true" + (name.contains(".tsv") ? ", delim = '\t'" : ", delim = ','") + ")";
    }
}
