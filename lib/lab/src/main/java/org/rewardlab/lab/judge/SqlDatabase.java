package org.rewardlab.lab.judge;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * A database in memory that queries of unknown origin may be run on: SQLite or H2.
 *
 * <p>Only single statements that read are run. A query is stopped at its deadline, and after so many rows; it cannot write, attach
 * files or define functions. SQLite bounds single values to a megabyte as well; H2 has no such bound of its own. One query at a time.
 */
public final class SqlDatabase implements AutoCloseable {

    /** The SQL dialect. */
    public enum Dialect {
        /** SQLite, the dialect of Spider and BIRD. */
        SQLITE,
        /** H2, close to the standard. */
        H2
    }

    /**
     * What a query came to.
     *
     * @param rows values in column order; numbers as numbers, everything else as text
     * @param problem why there is no result; null if there is one
     */
    public record Result(
            List<List<@Nullable Object>> rows, @Nullable String problem) {
        public Result {
            rows = List.copyOf(rows);
        }

        /** Whether the query ran to its end. */
        public boolean succeeded() {
            return problem == null;
        }
    }

    private static final int STEPS_BETWEEN_CHECKS = 1000;
    private static final int LONGEST_QUERY = 20_000;

    private final Dialect dialect;
    private final Connection owner;
    private final Connection reader;
    private final Duration timeout;
    private final int maxRows;

    private SqlDatabase(Dialect dialect, Connection owner, Connection reader, Duration timeout, int maxRows) {
        this.dialect = dialect;
        this.owner = owner;
        this.reader = reader;
        this.timeout = timeout;
        this.maxRows = maxRows;
    }

    /** A database filled by a script; queries may take two seconds and give 10,000 rows. */
    public static SqlDatabase of(Dialect dialect, String script) {
        return of(dialect, script, Duration.ofSeconds(2), 10_000);
    }

    /**
     * A database filled by a script of trusted statements, separated by semicolons at line ends.
     *
     * @param timeout of one query
     * @param maxRows most rows of a result; a query that gives more has none
     * @throws IllegalArgumentException if the script fails
     */
    public static SqlDatabase of(Dialect dialect, String script, Duration timeout, int maxRows) {
        Check.atLeast("timeout", timeout.toMillis(), 1);
        Check.atLeast("maxRows", maxRows, 1);
        String name = "rewardlab-" + UUID.randomUUID();
        try {
            if (dialect == Dialect.H2) {
                String url = "jdbc:h2:mem:" + name
                        + ";DB_CLOSE_DELAY=-1;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
                Connection owner = DriverManager.getConnection(url, "owner", name);
                run(owner, script);
                run(owner, "create user reader password 'r'; grant select on schema \"PUBLIC\" to reader");
                return new SqlDatabase(
                        dialect, owner, DriverManager.getConnection(url, "reader", "r"), timeout, maxRows);
            }
            Connection only = DriverManager.getConnection("jdbc:sqlite::memory:");
            run(only, script);
            run(only, "pragma query_only = on");
            SQLiteConnection limited = only.unwrap(SQLiteConnection.class);
            limited.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, 1_000_000);
            limited.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
            return new SqlDatabase(dialect, only, only, timeout, maxRows);
        } catch (SQLException failure) {
            throw Check.failure("script", "statements that " + dialect + " runs", failure.getMessage());
        }
    }

    private static void run(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String one : script.split(";\\s*(?:\\R|$)|;(?=\\s*(?i:create|insert|grant)\\b)")) {
                if (!one.isBlank()) {
                    statement.execute(one);
                }
            }
        }
    }

    /** Runs one query; whatever is wrong with it is in the result, never an exception. */
    public synchronized Result query(String sql) {
        String query = sql.strip().replaceAll(";\\s*$", "");
        if (query.length() > LONGEST_QUERY) {
            return failed("longer than " + LONGEST_QUERY + " characters");
        }
        String start = query.replaceAll("^[(\\s]+", "").toLowerCase(Locale.ROOT);
        if (!start.matches("(?s)(?:select|with|values)\\b.*")) {
            return failed("expected one statement that reads, got " + shortened(query));
        }
        return dialect == Dialect.SQLITE ? bounded(query) : execute(query);
    }

    /** SQLite does not honour a query timeout while it counts through endless rows; its progress handler does. */
    private Result bounded(String query) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            ProgressHandler.setHandler(reader, STEPS_BETWEEN_CHECKS, new ProgressHandler() {
                @Override
                protected int progress() {
                    return System.nanoTime() > deadline ? 1 : 0;
                }
            });
            try {
                Result result = execute(query);
                boolean late = System.nanoTime() > deadline;
                return late && !result.succeeded() ? failed("stopped after " + timeout.toMillis() + " ms") : result;
            } finally {
                ProgressHandler.clearHandler(reader);
            }
        } catch (SQLException failure) {
            return failed(String.valueOf(failure.getMessage()));
        }
    }

    private Result execute(String query) {
        try (Statement statement = reader.createStatement()) {
            if (dialect == Dialect.H2) {
                statement.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
            }
            statement.setMaxRows(maxRows + 1);
            try (ResultSet rows = statement.executeQuery(query)) {
                int columns = rows.getMetaData().getColumnCount();
                List<List<@Nullable Object>> all = new ArrayList<>();
                while (rows.next()) {
                    if (all.size() == maxRows) {
                        return failed("more than " + maxRows + " rows");
                    }
                    @Nullable Object[] row = new Object[columns];
                    for (int i = 0; i < columns; i++) {
                        Object value = rows.getObject(i + 1);
                        row[i] = value == null || value instanceof Number ? value : rows.getString(i + 1);
                    }
                    all.add(Arrays.asList(row));
                }
                return new Result(all, null);
            }
        } catch (SQLException failure) {
            return failed(String.valueOf(failure.getMessage()));
        }
    }

    private static Result failed(String problem) {
        return new Result(List.of(), shortened(problem));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }

    @Override
    public void close() {
        try {
            if (dialect == Dialect.H2) {
                reader.close();
                run(owner, "shutdown");
            }
            owner.close();
        } catch (SQLException alreadyGone) {
            // A database in memory that is closed twice is closed.
        }
    }
}
