package io.coapgate.crypto.jose;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Strict JSON objects: duplicate members of the outer object, comments, trailing text and deep nesting are refused when
 * reading, and only plain JSON values are written, so that no object's fields are ever reflected into a token.
 */
final class Json {
    private static final int MAX_DEPTH = 8;

    private Json() {}

    /** The members of an object, unmodifiable all the way down; empty if the text is longer or anything else. */
    static Optional<Map<String, Object>> readObject(String text, int maxLength) {
        // Nimbus meets the text "null" with a NullPointerException, so only what looks like an object reaches it.
        if (text.length() > maxLength || !text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(copyObject(JSONObjectUtils.parse(text, maxLength), 0));
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The string member of that name, if there is one. */
    static Optional<String> string(Map<String, ?> object, String name) {
        return object.get(name) instanceof String value ? Optional.of(value) : Optional.empty();
    }

    /** The member of that name, if it is an object. */
    static Optional<Map<String, Object>> object(Map<String, ?> object, String name) {
        return object.get(name) instanceof Map<?, ?> members ? Optional.of(copyObject(members, 0)) : Optional.empty();
    }

    /** The member of that name, if it is an array of objects. */
    static Optional<List<Map<String, Object>>> objects(Map<String, ?> object, String name) {
        if (!(object.get(name) instanceof List<?> elements)) {
            return Optional.empty();
        }
        List<Map<String, Object>> objects = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof Map<?, ?> members)) {
                return Optional.empty();
            }
            objects.add(copyObject(members, 0));
        }
        return Optional.of(objects);
    }

    /**
     * Writes the object in the map's order.
     *
     * @throws IllegalArgumentException if a value is not a string, number, boolean, instant, or a map or list of these
     */
    static String write(Map<String, ?> object) {
        return JSONObjectUtils.toJSONString(copyObject(object, 0));
    }

    private static Map<String, Object> copyObject(Map<?, ?> object, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : object.entrySet()) {
            if (!(member.getKey() instanceof String name)) {
                throw new IllegalArgumentException("a JSON member name must be a string");
            }
            Object value = member.getValue();
            if (value != null) { // a null member says no more than an absent one
                copy.put(name, copyValue(value, name, depth + 1));
            }
        }
        return Collections.unmodifiableMap(copy);
    }

    private static Object copyValue(@Nullable Object value, String name, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JSON is nested too deeply at " + name);
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            return value;
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return number;
        }
        if (value instanceof Instant instant) {
            return instant.getEpochSecond();
        }
        if (value instanceof Map<?, ?> object) {
            return copyObject(object, depth);
        }
        if (value instanceof Collection<?> array) {
            List<Object> copy = new ArrayList<>(array.size());
            array.forEach(element -> copy.add(copyValue(element, name, depth + 1)));
            return Collections.unmodifiableList(copy);
        }
        // Only the name: the value may be a secret.
        throw new IllegalArgumentException("not a JSON value: " + name);
    }
}
