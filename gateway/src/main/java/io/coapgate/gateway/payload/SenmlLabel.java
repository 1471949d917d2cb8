package io.coapgate.gateway.payload;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of SenML (RFC 8428 §4.3 and §6), and those that RFC 9193 adds, which have no integer. */
enum SenmlLabel {
    BASE_NAME("bn", -2, Type.TEXT),
    BASE_TIME("bt", -3, Type.NUMBER),
    BASE_UNIT("bu", -4, Type.TEXT),
    BASE_VALUE("bv", -5, Type.NUMBER),
    BASE_SUM("bs", -6, Type.NUMBER),
    BASE_VERSION("bver", -1, Type.VERSION),
    NAME("n", 0, Type.TEXT),
    UNIT("u", 1, Type.TEXT),
    VALUE("v", 2, Type.NUMBER),
    STRING_VALUE("vs", 3, Type.TEXT),
    BOOLEAN_VALUE("vb", 4, Type.BOOLEAN),
    SUM("s", 5, Type.NUMBER),
    TIME("t", 6, Type.NUMBER),
    UPDATE_TIME("ut", 7, Type.NUMBER),
    DATA_VALUE("vd", 8, Type.DATA),
    CONTENT_FORMAT("ct", Type.TEXT),
    CONTENT_FORMAT_TO_BE_UNDERSTOOD("ct_", Type.TEXT),
    BASE_CONTENT_FORMAT("bct", Type.TEXT),
    BASE_CONTENT_FORMAT_TO_BE_UNDERSTOOD("bct_", Type.TEXT);

    /** What a field's value may be. */
    enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        /** Bytes, in JSON as base64url without padding. */
        DATA,
        VERSION
    }

    private static final Map<String, SenmlLabel> BY_LABEL =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(SenmlLabel::label, Function.identity()));
    private static final Map<BigInteger, SenmlLabel> BY_INTEGER = Arrays.stream(values())
            .filter(field -> field.integer().isPresent())
            .collect(Collectors.toUnmodifiableMap(field -> field.integer().orElseThrow(), Function.identity()));

    private final String label;
    private final @Nullable BigInteger integer;
    private final Type type;

    SenmlLabel(String label, Type type) {
        this.label = label;
        this.integer = null;
        this.type = type;
    }

    SenmlLabel(String label, int integer, Type type) {
        this.label = label;
        this.integer = BigInteger.valueOf(integer);
        this.type = type;
    }

    static Optional<SenmlLabel> of(String label) {
        return Optional.ofNullable(BY_LABEL.get(label));
    }

    static Optional<SenmlLabel> of(BigInteger integer) {
        return Optional.ofNullable(BY_INTEGER.get(integer));
    }

    String label() {
        return label;
    }

    /** The key in CBOR, where it is not the label itself. */
    Optional<BigInteger> integer() {
        return Optional.ofNullable(integer);
    }

    Type type() {
        return type;
    }

    boolean isValue() {
        return this == VALUE || this == STRING_VALUE || this == BOOLEAN_VALUE || this == DATA_VALUE;
    }
}
