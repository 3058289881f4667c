package org.rewardlab.lab.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.lab.data.RealData;
import org.rewardlab.lab.judge.SqlDatabase.Dialect;

class SqlRewardTest {

    private static final String SHOP = """
            create table item(id integer primary key, name varchar(50), price numeric(8,2));
            create table sale(item_id integer, amount integer);
            insert into item values (1, 'pen', 1.50), (2, 'book', 12.00), (3, 'lamp', 30.00);
            insert into sale values (1, 10), (2, 1), (1, 5);
            """;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void queriesMatchByTheirResults(Dialect dialect) {
        try (SqlDatabase shop = SqlDatabase.of(dialect, SHOP)) {
            SqlReward reward = new SqlReward(shop);
            String gold = "select name, sum(amount) from item join sale on id = item_id group by name";
            assertThat(
                            reward.score(
                                    gold,
                                    "select i.name, sum(s.amount) as n from sale s, item i where i.id = s.item_id group by i.name order by n;"))
                    .isEqualTo(new SqlReward.Score(1, 1, null));
            assertThat(reward.score(
                                    gold,
                                    "```sql\nselect name, sum(amount) * 1.0 from item join sale on id = item_id group by name\n```")
                            .execution())
                    .isEqualTo(1);
            assertThat(reward.score(gold, "<think>hm</think><answer>" + gold + "</answer>")
                            .execution())
                    .isEqualTo(1);
            assertThat(reward.score(gold, "select sum(amount), name from item join sale on id = item_id group by name")
                            .execution())
                    .isZero();
            assertThat(reward.score(gold, "select name, amount from item join sale on id = item_id")
                            .execution())
                    .isZero();
            assertThat(reward.score("select 1", "select 1 union all select 1").execution())
                    .isZero();
            SqlReward.Score broken = reward.score(gold, "selec name from item");
            assertThat(broken.syntax()).isZero();
            assertThat(broken.problem()).isNotBlank();
            assertThat(reward.score(gold, "select nothing from item").syntax()).isZero();
            String down = "select name from item order by price desc";
            assertThat(new SqlReward(shop, true)
                            .score(down, "select name from item order by price")
                            .execution())
                    .isZero();
            assertThat(reward.score(down, "select name from item order by price")
                            .execution())
                    .isEqualTo(1);
            assertThatThrownBy(() -> reward.score("select nothing from item", gold))
                    .hasMessageStartingWith("gold: expected a query that runs");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void runawayQueriesAreStopped(Dialect dialect) {
        try (SqlDatabase shop = SqlDatabase.of(dialect, SHOP, Duration.ofSeconds(1), 100)) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                String endless = dialect == Dialect.SQLITE
                        ? "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
                        : "select count(*) from system_range(1, 1000000000) a, system_range(1, 1000000000) b where a.x + b.x = 3";
                SqlDatabase.Result result = shop.query(endless);
                assertThat(result.succeeded()).isFalse();
                SqlDatabase.Result many = shop.query(
                        dialect == Dialect.SQLITE
                                ? "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
                                : "select x from system_range(1, 1000000000)");
                assertThat(many.problem()).isEqualTo("more than 100 rows");
                assertThat(shop.query("select count(*) from item").rows()).hasSize(1);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void nothingButReadingIsPossible(Dialect dialect) {
        try (SqlDatabase shop = SqlDatabase.of(dialect, SHOP)) {
            List<String> hostile = List.of(
                    "drop table item",
                    "select 1; drop table item",
                    "delete from sale",
                    "with x as (select 1) insert into sale values (9, 9)",
                    "pragma query_only = off",
                    "attach 'other.db' as o",
                    "select load_extension('x')",
                    "select writefile('x', 'y')",
                    "select file_read('/etc/hostname')",
                    "select * from csvread('/etc/passwd')",
                    "call csvwrite('/tmp/rewardlab-x.csv', 'select 1')",
                    "select csvwrite('/tmp/rewardlab-x.csv', 'select 1')",
                    "create alias x as 'int f() { return 1; }'",
                    "select zeroblob(900000000)",
                    "",
                    ";",
                    "x".repeat(30_000));
            for (String query : hostile) {
                SqlDatabase.Result result = shop.query(query);
                if (!query.equals("select 1; drop table item")) { // a driver may run the first statement alone
                    assertThat(result.succeeded()).as(query).isFalse();
                }
            }
            assertThat(shop.query("select count(*) from sale").rows().get(0).get(0))
                    .hasToString("3");
            assertThat(shop.query("select count(*) from item").rows().get(0).get(0))
                    .hasToString("3");
            assertThat(java.nio.file.Path.of("/tmp/rewardlab-x.csv")).doesNotExist();
        }
    }

    @Test
    void aBrokenScriptIsRejected() {
        assertThatThrownBy(() -> SqlDatabase.of(Dialect.SQLITE, "create tabel x"))
                .hasMessageStartingWith("script: expected");
    }

    @Test
    void theQueriesOfSpiderRunOnItsSchemas() {
        Map<String, StringBuilder> schemas = new HashMap<>();
        for (ObjectNode row : RealData.rows("spider-dev", "tables.jsonl.gz")) {
            StringBuilder script = new StringBuilder();
            for (int t = 0; t < row.path("table_names_original").size(); t++) {
                if (row.path("table_names_original").path(t).asText().startsWith("sqlite_")) {
                    continue;
                }
                StringBuilder columns = new StringBuilder();
                for (int c = 0; c < row.path("column_names_original").size(); c++) {
                    if (row.path("column_names_original").path(c).path(0).asInt() == t) {
                        String type = row.path("column_types").path(c).asText().equals("number") ? " numeric" : " text";
                        columns.append(columns.isEmpty() ? "" : ", ")
                                .append('"')
                                .append(row.path("column_names_original")
                                        .path(c)
                                        .path(1)
                                        .asText())
                                .append('"')
                                .append(type);
                    }
                }
                script.append("create table \""
                        + row.path("table_names_original").path(t).asText() + "\" (" + columns + ");\n");
            }
            schemas.put(row.path("db_id").asText(), script);
        }
        Map<String, SqlDatabase> open = new HashMap<>();
        int ran = 0;
        int all = 0;
        for (ObjectNode row : RealData.rows("spider-dev", "dev.jsonl.gz")) {
            SqlDatabase database = open.computeIfAbsent(
                    row.path("db_id").asText(), id -> SqlDatabase.of(Dialect.SQLITE, String.valueOf(schemas.get(id))));
            SqlDatabase.Result result = database.query(row.path("query").asText());
            all++;
            ran += result.succeeded() ? 1 : 0;
        }
        open.values().forEach(SqlDatabase::close);
        System.out.printf("spider: %d of %d right queries run%n", ran, all);
        assertThat(all).isEqualTo(1034);
        assertThat(ran).isGreaterThan(1030);
    }
}
