package org.rewardlab.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImportBlockTest {

    private int count;

    private Object value(Evaluator evaluator, String source) {
        return evaluator.evaluate(source, ++count, new RecordedOutput());
    }

    @Test
    void starImportsAreJoinedAndOthersStayAlone() {
        assertThat(ImportBlock.joined(List.of(
                        "import java.util.*;",
                        "import java.util.List;",
                        "int x = 1;",
                        "import static java.lang.Math.*;")))
                .containsExactly(
                        "import java.lang.Override;\nimport java.util.*;\nimport static java.lang.Math.*;",
                        "import java.util.List;",
                        "int x = 1;");
    }

    @Test
    void aCellMayRepeatAnyOfThemOrImportTheSameNameFromElsewhere() {
        try (Evaluator evaluator = Evaluator.builder()
                .startup(List.of("import java.util.*;", "import java.util.List;", "import static java.lang.Math.*;"))
                .build()) {
            assertThat(value(evaluator, "import java.util.*;\nimport java.awt.List;\nnew ArrayList<Long>().size()"))
                    .isEqualTo(new Outcome.Value(0));
            assertThat(value(evaluator, "List.class.getName() + max(1, 2)"))
                    .isEqualTo(new Outcome.Value("java.awt.List2"));
            assertThat(evaluator.imports())
                    .containsExactlyInAnyOrder(
                            "import java.util.*;",
                            "import static java.lang.Math.*;",
                            "import java.util.*;",
                            "import java.awt.List;");
        }
    }

    @Test
    void oneThatIsWrongDoesNotStopTheOthers() {
        try (Evaluator evaluator = Evaluator.builder()
                .startup(List.of("import java.util.*;", "import no.such.place.*;", "import static java.lang.Math.*;"))
                .build()) {
            assertThat(value(evaluator, "List.of(max(1, 2))")).isEqualTo(new Outcome.Value(List.of(2)));
            assertThat(evaluator.imports()).containsExactly("import java.util.*;", "import static java.lang.Math.*;");
        }
    }
}
