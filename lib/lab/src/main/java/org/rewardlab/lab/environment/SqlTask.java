package org.rewardlab.lab.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.judge.SqlDatabase;
import org.rewardlab.tensor.Check;

/**
 * Questions about small tables, and the queries that answer them: text-to-SQL on a real database.
 *
 * <p>Tables t0.. of whole numbers in columns c0..; a question asks for one column where another meets a condition. The right answer is
 * never empty and never the whole table. Columns of a prompt: {@code "query"}, and its slots {@code "table"}, {@code "select"}, {@code
 * "where"}, {@code "operator"}, {@code "value"}. Pourreza et al. 2025 (Reasoning-SQL).
 *
 * @param tables how many, 1 to 20
 * @param columns of each, 1 to 20
 * @param rows of each, 2 to 1,000
 * @param values numbers are drawn from 0 to values-1, at least 2
 * @param seed of the contents
 */
public record SqlTask(int tables, int columns, int rows, int values, long seed) implements PromptSource {

    private static final List<String> OPERATORS = List.of("=", ">", "<");
    private static final List<String> WORDS = List.of("is", "is greater than", "is less than");

    public SqlTask {
        Check.within("tables", tables, 1, 20);
        Check.within("columns", columns, 1, 20);
        Check.within("rows", rows, 2, 1000);
        Check.atLeast("values", values, 2);
    }

    /** Four tables of five columns and twenty rows with values from 0 to 5. */
    public SqlTask(long seed) {
        this(4, 5, 20, 6, seed);
    }

    private int[][][] contents() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int[][][] contents = new int[tables][rows][columns];
        for (int[][] table : contents) {
            for (int[] row : table) {
                for (int c = 0; c < columns; c++) {
                    row[c] = random.nextInt(values);
                }
            }
        }
        return contents;
    }

    /** The statements that make and fill the tables. */
    public String script() {
        StringBuilder script = new StringBuilder();
        int[][][] contents = contents();
        for (int t = 0; t < tables; t++) {
            StringJoiner names = new StringJoiner(", ");
            for (int c = 0; c < columns; c++) {
                names.add("c" + c + " integer");
            }
            script.append("create table t").append(t).append(" (").append(names).append(");\n");
            for (int[] row : contents[t]) {
                StringJoiner cells = new StringJoiner(", ");
                for (int cell : row) {
                    cells.add(Integer.toString(cell));
                }
                script.append("insert into t")
                        .append(t)
                        .append(" values (")
                        .append(cells)
                        .append(");\n");
            }
        }
        return script.toString();
    }

    /** The tables in a database of the caller's. */
    public SqlDatabase open(SqlDatabase.Dialect dialect) {
        return SqlDatabase.of(dialect, script());
    }

    @Override
    public List<Prompt> draw(int count, RandomGenerator random) {
        int[][][] contents = contents();
        List<Prompt> prompts = new ArrayList<>();
        for (int tries = 0; prompts.size() < count; tries++) {
            if (tries > 1000 * (count + 1)) {
                throw Check.failure("values", "tables with conditions that some rows meet and some do not", this);
            }
            int table = random.nextInt(tables);
            int select = random.nextInt(columns);
            int where = random.nextInt(columns);
            int operator = random.nextInt(OPERATORS.size());
            int value = random.nextInt(values);
            long met = java.util.Arrays.stream(contents[table])
                    .filter(row -> meets(row[where], operator, value))
                    .count();
            if (met > 0 && met < rows) {
                prompts.add(prompt(table, select, where, operator, value));
            }
        }
        return prompts;
    }

    private static boolean meets(int cell, int operator, int value) {
        return operator == 0 ? cell == value : operator == 1 ? cell > value : cell < value;
    }

    private static Prompt prompt(int table, int select, int where, int operator, int value) {
        String query = String.format(
                Locale.ROOT,
                "select c%d from t%d where c%d %s %d",
                select,
                table,
                where,
                OPERATORS.get(operator),
                value);
        String question = String.format(
                Locale.ROOT,
                "What is c%d in the rows of table t%d where c%d %s %d?",
                select,
                table,
                where,
                WORDS.get(operator),
                value);
        return new Prompt(
                question,
                Map.of(
                        "query",
                        query,
                        "table",
                        table,
                        "select",
                        select,
                        "where",
                        where,
                        "operator",
                        OPERATORS.get(operator),
                        "value",
                        value));
    }
}
