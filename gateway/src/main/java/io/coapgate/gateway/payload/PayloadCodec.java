package io.coapgate.gateway.payload;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which payloads change form between a route's devices and its service; all others cross as they are. What changes is said
 * by the content-format and the media type alone, never guessed from the bytes.
 */
public enum PayloadCodec {
    /** None. */
    PASS_THROUGH(Map.of()),
    /**
     * CBOR (60) and JSON (RFC 8949 §6). A service's other {@code +json} types become CBOR if they have no content-format of
     * their own, or if CBOR is what the device accepts (the looser mapping of RFC 8075 §6.3).
     */
    CBOR_JSON(Map.of(Ids.CBOR, Ids.JSON)),
    /** SenML and SensML, in CBOR (112, 113) and in JSON (RFC 8428 §5 and §6). */
    SENML(Map.of(Ids.SENML_CBOR, Ids.SENML_JSON, Ids.SENSML_CBOR, Ids.SENSML_JSON));

    private static final class Ids {
        static final int JSON = 50;
        static final int CBOR = 60;
        static final int SENML_JSON = 110;
        static final int SENSML_JSON = 111;
        static final int SENML_CBOR = 112;
        static final int SENSML_CBOR = 113;
    }

    @SuppressWarnings("ImmutableEnumChecker") // it is one of Map.of
    private final Map<Integer, Integer> jsonByCbor;

    PayloadCodec(Map<Integer, Integer> jsonByCbor) {
        this.jsonByCbor = jsonByCbor;
    }

    /** The name in the configuration: {@code pass-through}, {@code cbor-json}, {@code senml}. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The content-format of the JSON that stands for this one in front of the service; empty if it crosses as it is. */
    OptionalInt jsonOf(int contentFormat) {
        Integer json = jsonByCbor.get(contentFormat);
        return json == null ? OptionalInt.empty() : OptionalInt.of(json);
    }

    /**
     * The content-format of the CBOR that a service's body becomes; empty if it crosses as it is.
     *
     * @param type of the body, which has no content coding
     * @param contentFormat that the type has, if it has one
     * @param accept what the device wants, if it says so
     */
    OptionalInt cborOf(MediaType type, OptionalInt contentFormat, OptionalInt accept) {
        if (accept.isPresent() && accept.equals(contentFormat)) {
            return OptionalInt.empty();
        }
        if (this == CBOR_JSON && type.isJson() && type.isUtf8()) {
            boolean unnamed = contentFormat.isEmpty() || accept.equals(OptionalInt.of(Ids.CBOR));
            return unnamed ? OptionalInt.of(Ids.CBOR) : cborOf(contentFormat.getAsInt());
        }
        return contentFormat.isEmpty() ? contentFormat : cborOf(contentFormat.getAsInt());
    }

    private OptionalInt cborOf(int json) {
        return jsonByCbor.entrySet().stream()
                .filter(pair -> pair.getValue() == json)
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    /** @param maxBytes of the result */
    byte[] toJson(byte[] cbor, int maxBytes) throws ConversionException {
        Node node = this == SENML
                ? SenmlPack.ofCbor(CborReader.read(cbor, MapKeys.SENML))
                : CborReader.read(cbor, MapKeys.PLAIN);
        return JsonWriter.write(node, maxBytes);
    }

    /**
     * @param contentFormat of the result, one that {@link #jsonOf} knows
     * @param maxBytes of the result
     */
    byte[] toCbor(int contentFormat, byte[] json, int maxBytes) throws ConversionException {
        Node node = JsonReader.read(json);
        if (this != SENML) {
            return CborWriter.write(node, MapKeys.PLAIN, maxBytes);
        }
        Node.Items pack = SenmlPack.ofJson(node);
        return contentFormat == Ids.SENSML_CBOR
                ? CborWriter.writeStream(pack, MapKeys.SENML, maxBytes)
                : CborWriter.write(pack, MapKeys.SENML, maxBytes);
    }
}
