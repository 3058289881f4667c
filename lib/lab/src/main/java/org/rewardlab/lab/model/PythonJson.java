package org.rewardlab.lab.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The filter {@code tojson} with the blanks that Python writes. */
final class PythonJson implements Filter {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String getName() {
        return "tojson";
    }

    @Override
    public Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
        try {
            if (arguments.length == 0 || arguments[0] == null) {
                return JSON.writer(new OneLine()).writeValueAsString(value);
            }
            String indent = " ".repeat(Math.min(16, Integer.parseInt(arguments[0])));
            return JSON.writer(new Indented(indent)).writeValueAsString(value);
        } catch (JsonProcessingException | NumberFormatException malformed) {
            throw new IllegalArgumentException("tojson: expected a value of JSON, got " + malformed.getMessage());
        }
    }

    /** {@code {"a": 1, "b": [1, 2]}}. */
    private static final class OneLine extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1;

        @Override
        public void writeObjectFieldValueSeparator(com.fasterxml.jackson.core.JsonGenerator g) throws IOException {
            g.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(com.fasterxml.jackson.core.JsonGenerator g) throws IOException {
            g.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(com.fasterxml.jackson.core.JsonGenerator g) throws IOException {
            g.writeRaw(", ");
        }
    }

    /** An entry a line, {@code "a": 1}. */
    private static final class Indented extends DefaultPrettyPrinter {
        private static final long serialVersionUID = 1;
        private final String indent;

        Indented(String indent) {
            this.indent = indent;
            DefaultIndenter indenter = new DefaultIndenter(indent, "\n");
            indentObjectsWith(indenter);
            indentArraysWith(indenter);
        }

        @Override
        public DefaultPrettyPrinter createInstance() {
            return new Indented(indent);
        }

        @Override
        public void writeObjectFieldValueSeparator(com.fasterxml.jackson.core.JsonGenerator g) throws IOException {
            g.writeRaw(": ");
        }
    }
}
