package org.rewardlab.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubjectTest {

    @Test
    void signaturesOfJShellAreUnderstood() {
        assertThat(Subject.of("String String.substring(int beginIndex, int endIndex)"))
                .isEqualTo(new Subject("String", "substring", "int,int"));
        assertThat(Subject.of("List<E> List<E>.<E>of(E... elements)")).isEqualTo(new Subject("List", "of", "E[]"));
        assertThat(Subject.of("DisplayData Renderer.render(Object value, Map<String,Object> params)"))
                .isEqualTo(new Subject("Renderer", "render", "Object,Map"));
        assertThat(Subject.of("DisplayData(String textData)"))
                .isEqualTo(new Subject("DisplayData", "DisplayData", "String"));
        assertThat(Subject.of("Math.PI:double")).isEqualTo(new Subject("Math", "PI", ""));
        assertThat(Subject.of("java.util.Map.Entry<K, V>")).isEqualTo(new Subject("Entry", "", ""));
    }
}
