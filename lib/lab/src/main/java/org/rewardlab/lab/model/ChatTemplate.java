package org.rewardlab.lab.model;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.data.Message;
import org.rewardlab.tensor.Check;

/**
 * A dialogue as the text that a model was trained on: a Hugging Face chat template, which is a Jinja program.
 *
 * <p>Rendered by Jinjava with Python's rules for blanks, strings and JSON. What a message says is never read as a program.
 */
public final class ChatTemplate {

    private static final Pattern GENERATION = Pattern.compile("\\{%-?\\s*(end)?generation\\s*-?%\\}");
    private static final Pattern REVERSED = Pattern.compile("(\\w+)\\[::-1\\]");

    private final String source;
    private final Map<String, Object> specialTokens;
    private final Jinjava engine;

    private ChatTemplate(String source, Map<String, String> specialTokens) {
        this.source =
                REVERSED.matcher(GENERATION.matcher(source).replaceAll("")).replaceAll("($1|reverse|list)");
        this.specialTokens = Map.copyOf(specialTokens);
        this.engine = engine();
    }

    /**
     * A template.
     *
     * @param source Jinja, as in {@code tokenizer_config.json} or {@code chat_template.jinja}
     * @param specialTokens what the template may name, such as {@code bos_token} and {@code eos_token}
     */
    public static ChatTemplate of(String source, Map<String, String> specialTokens) {
        if (source.isBlank()) {
            throw Check.failure("source", "a chat template", "an empty one");
        }
        return new ChatTemplate(source, specialTokens);
    }

    /** The form of ChatML: {@code <|im_start|>role, line break, content, <|im_end|>}. */
    public static ChatTemplate chatMl() {
        return of(
                "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] +"
                        + " '<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{"
                        + " '<|im_start|>assistant\n' }}{% endif %}",
                Map.of());
    }

    /** The text of a dialogue, up to where the assistant is to speak if {@code addGenerationPrompt}. */
    public String render(List<Message> messages, boolean addGenerationPrompt) {
        return render(messages, addGenerationPrompt, Map.of());
    }

    /**
     * The text of a dialogue.
     *
     * @param extra what else the template may name, such as {@code tools}: numbers, texts, lists and maps
     * @throws IllegalArgumentException if the template is not valid, or refuses the dialogue; the message says what it said
     */
    public String render(List<Message> messages, boolean addGenerationPrompt, Map<String, ?> extra) {
        if (messages.isEmpty()) {
            throw Check.failure("messages", "at least one message", "none");
        }
        List<Map<String, Object>> turns = new ArrayList<>();
        for (Message message : messages) {
            Map<String, Object> turn = new LinkedHashMap<>();
            turn.put("role", message.role());
            turn.put("content", message.content());
            turns.add(turn);
        }
        Map<String, Object> names = new HashMap<>(specialTokens);
        names.putAll(extra);
        names.put("messages", turns);
        names.put("add_generation_prompt", addGenerationPrompt);
        RenderResult result = engine.renderForResult(source, names);
        if (!result.getErrors().isEmpty()) {
            throw Check.failure(
                    "messages",
                    "a dialogue that the template accepts",
                    reason(result.getErrors().get(0)));
        }
        return result.getOutput();
    }

    /** What the template itself said, below what the engine made of it. */
    private static String reason(TemplateError error) {
        Throwable cause = error.getException();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause instanceof IllegalArgumentException ? cause.getMessage() : error.getMessage());
    }

    private static Jinjava engine() {
        JinjavaConfig config = JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withLocale(Locale.ROOT)
                .withNestedInterpretationEnabled(false)
                .withElResolver(PythonMethods.resolver())
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withParseWhitespaceControlStrictly(true)
                        .withUsePyishObjectMapper(true)
                        .withIterateOverMapKeys(true)
                        .withUseNaturalOperatorPrecedence(true)
                        .withUseTrimmingForNotesAndExpressions(true)
                        .withKeepNullableLoopValues(true)
                        .build())
                .build();
        Jinjava jinjava = new Jinjava(config);
        jinjava.getGlobalContext().registerFilter(new PythonJson());
        jinjava.getGlobalContext().registerFunction(function("raise_exception", "raise"));
        jinjava.getGlobalContext().registerFunction(function("strftime_now", "today"));
        return jinjava;
    }

    private static ELFunctionDefinition function(String name, String method) {
        return new ELFunctionDefinition("", name, ChatTemplate.class, method, String.class);
    }

    /** Called by templates that refuse a dialogue. */
    @SuppressWarnings("DoNotCallSuggester")
    public static String raise(@Nullable String message) {
        throw new IllegalArgumentException(Objects.requireNonNullElse(message, "the template gives no reason"));
    }

    /** Called by templates that name the date; the day alone, in English. */
    public static String today(String format) {
        String pattern = format.replace("%d", "dd")
                .replace("%b", "MMM")
                .replace("%B", "MMMM")
                .replace("%Y", "yyyy")
                .replace("%m", "MM");
        return LocalDate.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }

    @Override
    public String toString() {
        return "ChatTemplate(" + source.length() + " characters)";
    }
}
