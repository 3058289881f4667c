package org.rewardlab.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.judge.FunctionCall;
import org.rewardlab.lab.judge.FunctionCallMatch;
import org.rewardlab.lab.judge.SqlDatabase;
import org.rewardlab.lab.judge.SqlReward;

class TaskWorldsTest {

    @ParameterizedTest
    @EnumSource(SqlDatabase.Dialect.class)
    void questionsHaveAnswersThatAreNeitherNothingNorEverything(SqlDatabase.Dialect dialect) {
        SqlTask task = new SqlTask(3);
        try (SqlDatabase database = task.open(dialect)) {
            SqlReward reward = new SqlReward(database);
            for (Prompt prompt : task.draw(40, new SplittableRandom(1))) {
                String query = String.valueOf(prompt.columns().get("query"));
                assertThat(database.query(query).rows()).as(query).hasSizeBetween(1, 19);
                assertThat(reward.score(query, query)).isEqualTo(new SqlReward.Score(1, 1, null));
                String whole = query.substring(0, query.indexOf(" where"));
                assertThat(reward.score(query, whole).execution()).isZero();
                assertThat(prompt.text()).contains("table t" + prompt.columns().get("table"));
            }
            assertThat(database.query("select count(*) from t3").rows().get(0).get(0))
                    .hasToString("20");
        }
        assertThat(task.draw(5, new SplittableRandom(1))).isEqualTo(task.draw(5, new SplittableRandom(1)));
        assertThat(new SqlTask(4).script()).isNotEqualTo(task.script());
        assertThatThrownBy(() -> new SqlTask(0, 1, 2, 2, 1)).hasMessageStartingWith("tables: expected");
    }

    @Test
    void theRightCallsAreValidAndMatchThemselvesAlone() throws JsonProcessingException {
        ToolTask task = new ToolTask();
        List<Prompt> prompts = task.draw(50, new SplittableRandom(2));
        JsonMapper json = JsonMapper.builder().build();
        for (Prompt prompt : prompts) {
            String calls = String.valueOf(prompt.columns().get("calls"));
            List<FunctionCall> parsed = FunctionCall.parse(calls);
            assertThat(parsed).hasSize(2).allMatch(task::isValid);
            var accepted = json.readTree(String.valueOf(prompt.columns().get("accepted")));
            assertThat(FunctionCallMatch.matches(accepted, calls)).isTrue();
            assertThat(FunctionCallMatch.matches(accepted, calls.replace("\"a\":", "\"c\":")))
                    .isFalse();
        }
        assertThat(task.schemas()).hasSize(6);
        assertThat(task.schemas().get(0).path("function").path("parameters").path("required"))
                .hasSize(2);
        assertThat(FunctionCall.parse(
                        "[{\"name\": \"add\", \"arguments\": {\"a\": 4, \"b\": 0}}, {\"name\": \"add\", \"arguments\": {\"a\":"
                                + " 0.5, \"b\": 0}}, {\"name\": \"sum\", \"arguments\": {\"a\": 0, \"b\": 0}}]"))
                .hasSize(3)
                .noneMatch(task::isValid);
        assertThatThrownBy(() -> new ToolTask(7, 4, 2)).hasMessageStartingWith("tools: expected");
    }
}
