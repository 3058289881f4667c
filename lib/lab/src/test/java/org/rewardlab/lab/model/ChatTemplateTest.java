package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewardlab.lab.data.Message;

class ChatTemplateTest {

    private static final List<Message> TALK = List.of(
            new Message("system", "Be brief."),
            new Message("user", " Hi {{ 7 * 6 }} "),
            new Message("assistant", "Hello"),
            new Message("user", "Bye"));

    private static final Map<String, String> TOKENS = Map.of("bos_token", "<s>", "eos_token", "</s>");

    @Test
    void chatMlIsWhatQwenWasTrainedOn() {
        assertThat(ChatTemplate.chatMl().render(TALK, true)).isEqualTo("""
                <|im_start|>system
                Be brief.<|im_end|>
                <|im_start|>user
                 Hi {{ 7 * 6 }} <|im_end|>
                <|im_start|>assistant
                Hello<|im_end|>
                <|im_start|>user
                Bye<|im_end|>
                <|im_start|>assistant
                """);
        assertThat(ChatTemplate.chatMl().render(TALK, false)).endsWith("Bye<|im_end|>\n");
    }

    @Test
    void slicesNamespacesAndBlanksFollowPython() {
        ChatTemplate template = ChatTemplate.of("""
                {%- if messages[0]['role'] == 'system' %}
                    {%- set system_message = messages[0]['content'] %}
                    {%- set loop_messages = messages[1:] %}
                {%- else %}
                    {%- set loop_messages = messages %}
                {%- endif %}
                {{- bos_token }}
                {%- for message in loop_messages %}
                    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
                        {{- raise_exception('roles must alternate') }}
                    {%- endif %}
                    {%- if message['role'] == 'user' %}
                        {%- if loop.first and system_message is defined %}
                            {{- ' [INST] ' + system_message + '\\n\\n' + message['content'].strip() + ' [/INST]' }}
                        {%- else %}
                            {{- ' [INST] ' + message['content'] + ' [/INST]' }}
                        {%- endif %}
                    {%- elif message['role'] == 'assistant' %}
                        {{- ' ' + message['content'] + eos_token}}
                    {%- endif %}
                {%- endfor %}
                """, TOKENS);
        assertThat(template.render(TALK, false))
                .isEqualTo("<s> [INST] Be brief.\n\nHi {{ 7 * 6 }} [/INST] Hello</s> [INST] Bye [/INST]");
        assertThatThrownBy(() -> template.render(List.of(new Message("assistant", "I begin")), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("messages: expected a dialogue that the template accepts, got ")
                .hasMessageContaining("roles must alternate");
    }

    @Test
    void toolsAreWrittenAsPythonWritesJson() {
        Map<String, Object> tool = new LinkedHashMap<>();
        tool.put("name", "add");
        tool.put("parameters", Map.of("type", "object"));
        ChatTemplate template = ChatTemplate.of(
                "{%- for tool in tools %}{{ tool | tojson }};{% endfor %}{{ tools[0] | tojson(2) }}", TOKENS);
        assertThat(template.render(TALK, false, Map.of("tools", List.of(tool)))).isEqualTo("""
                {"name": "add", "parameters": {"type": "object"}};{
                  "name": "add",
                  "parameters": {
                    "type": "object"
                  }
                }""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{{ messages[-1].content.startswith('B') }} ; true",
                "{{ messages[-1]['content'].upper().rstrip('E') }} ; BY",
                "{{ 'a</think>b'.split('</think>')[-1].lstrip('\\n') }} ; b",
                "{{ messages[::-1][0].content }} ; Bye",
                "{% set ns = namespace(n=0) %}{% for m in messages %}{% if m.role == 'user' %}{% set ns.n = ns.n + 1 %}{% endif %}{% endfor %}{{ ns.n }} ; 2",
                "{% for m in messages %}{% generation %}{{ m.role }},{% endgeneration %}{% endfor %} ; system,user,assistant,user,",
                "{{ messages[1].content | trim | length }} ; 14",
                "{{ tools is defined }} {{ bos_token is defined }} ; false true",
                "{{ 'x' if messages|length > 3 else 'y' }} ; x",
                "{{ messages | selectattr('role', 'equalto', 'user') | map(attribute='content') | list | length }} ; 2",
                "{{ 'two words'.title() ~ ' ' ~ 'X'.lower() }} ; Two Words x",
            })
    void expressionsOfRealTemplatesMeanWhatPythonMeans(String source, String expected) {
        assertThat(ChatTemplate.of(source, TOKENS).render(TALK, true)).isEqualTo(expected);
    }

    @Test
    void brokenTemplatesAndEmptyDialoguesAreRefused() {
        assertThatThrownBy(
                        () -> ChatTemplate.of("{% for m in messages %}", TOKENS).render(TALK, true))
                .hasMessageStartingWith("messages: expected a dialogue that the template accepts");
        assertThatThrownBy(() -> ChatTemplate.of(" ", TOKENS)).hasMessageStartingWith("source: expected");
        assertThatThrownBy(() -> ChatTemplate.chatMl().render(List.of(), true))
                .hasMessageStartingWith("messages: expected");
    }
}
