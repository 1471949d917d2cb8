package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.ConversionException.malformed;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON text (RFC 8259) strictly: UTF-8 without unpaired surrogates, no name twice in an object, nothing after the
 * end. A byte order mark is passed over, as RFC 8259 §8.1 allows.
 */
final class JsonReader {
    /**
     * Names are not kept from one text to the next: they come from outside and need not be the same twice. Lengths are bounded
     * by the text's, and a number's by {@link Numbers}, since no number is computed here.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Budget.MAX_DEPTH + 1)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final JsonParser parser;
    private final Budget budget = new Budget();

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    static Node read(byte[] json) throws ConversionException {
        String text = utf8(json);
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), marked ? text.substring(1) : text)) {
            Node root = new JsonReader(parser).value(parser.nextToken(), 0);
            if (parser.nextToken() != null) {
                throw malformed("something after the end of the JSON text");
            }
            return root;
        } catch (JacksonException e) { // its message would quote what came
            throw malformed("not a JSON text, or nested too deeply");
        }
    }

    private Node value(@Nullable JsonToken token, int depth) throws ConversionException {
        budget.spend(depth);
        if (token == null) {
            throw malformed("a JSON text that is empty");
        }
        return switch (token) {
            case VALUE_STRING -> new Node.Text(paired(parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Numbers.ofJson(parser.getString());
            case VALUE_TRUE -> Node.Literal.TRUE;
            case VALUE_FALSE -> Node.Literal.FALSE;
            case VALUE_NULL -> Node.Literal.NULL;
            case START_ARRAY -> array(depth + 1);
            case START_OBJECT -> object(depth + 1);
            default -> throw malformed("a JSON text that ends too early");
        };
    }

    private Node array(int depth) throws ConversionException {
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token, depth));
        }
        return new Node.Items(items);
    }

    private Node object(int depth) throws ConversionException {
        Map<String, Node> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            budget.spend(depth);
            String name = paired(parser.currentName());
            if (members.containsKey(name)) {
                throw malformed("a JSON object that has a name twice");
            }
            members.put(name, value(parser.nextToken(), depth));
        }
        return new Node.Members(members);
    }

    private static String utf8(byte[] json) throws ConversionException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("JSON that is not UTF-8");
        }
    }

    /** An escape can name half a character, which UTF-8 has no bytes for. */
    private static String paired(String text) throws ConversionException {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                throw malformed("JSON with half a surrogate pair");
            }
            i += Character.charCount(point);
        }
        return text;
    }
}
