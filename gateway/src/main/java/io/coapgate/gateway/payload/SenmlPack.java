package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.ConversionException.inexpressible;
import static io.coapgate.gateway.payload.ConversionException.malformed;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a SenML pack on its way between its forms (RFC 8428 §4): an array of records whose fields have their types, with
 * one value each unless there is a sum, in one version that is understood. A record of nothing but base fields passes.
 * Names and units are not looked into. A label that no one here knows passes, unless it ends in an underscore.
 */
final class SenmlPack {
    /** RFC 8428 §4.1: what a pack without a version is. */
    private static final BigInteger DEFAULT_VERSION = BigInteger.TEN;
    /** RFC 9100 §2 makes a version a set of features; 31 has those of RFC 8428 and RFC 8798's secondary units. */
    private static final BigInteger MAX_VERSION = BigInteger.valueOf(31);

    private final boolean fromJson;
    private BigInteger version = DEFAULT_VERSION;

    private SenmlPack(boolean fromJson) {
        this.fromJson = fromJson;
    }

    static Node.Items ofCbor(Node pack) throws ConversionException {
        return new SenmlPack(false).checked(pack);
    }

    static Node.Items ofJson(Node pack) throws ConversionException {
        return new SenmlPack(true).checked(pack);
    }

    private Node.Items checked(Node pack) throws ConversionException {
        if (!(pack instanceof Node.Items array) || array.items().isEmpty()) {
            throw malformed("SenML that is not an array of records");
        }
        List<Node> records = new ArrayList<>(array.items().size());
        for (Node record : array.items()) {
            if (!(record instanceof Node.Members fields)) {
                throw malformed("a SenML record that is not a map");
            }
            records.add(record(fields.members(), records.isEmpty()));
        }
        return new Node.Items(records);
    }

    private Node record(Map<String, Node> fields, boolean first) throws ConversionException {
        Map<String, Node> checked = new LinkedHashMap<>();
        int values = 0;
        boolean baseOnly = !fields.isEmpty();
        for (Map.Entry<String, Node> field : fields.entrySet()) {
            Optional<SenmlLabel> label = SenmlLabel.of(field.getKey());
            values += label.filter(SenmlLabel::isValue).isPresent() ? 1 : 0;
            baseOnly &= field.getKey().startsWith("b");
            checked.put(field.getKey(), value(field.getKey(), label, field.getValue(), first));
        }
        if (values > 1) {
            throw malformed("a SenML record with more than one value");
        }
        if (values == 0 && !baseOnly && !fields.containsKey(SenmlLabel.SUM.label())) {
            throw malformed("a SenML record without value or sum");
        }
        return new Node.Members(checked);
    }

    private Node value(String name, Optional<SenmlLabel> label, Node value, boolean first) throws ConversionException {
        if (label.isEmpty()) {
            return extension(name, value);
        }
        boolean fits = switch (label.get().type()) {
            case TEXT -> value instanceof Node.Text;
            case NUMBER -> isNumber(value);
            case BOOLEAN -> isBoolean(value);
            case DATA -> fromJson ? value instanceof Node.Text : value instanceof Node.Bytes;
            case VERSION -> value instanceof Node.Whole;
        };
        if (!fits) {
            throw malformed("a SenML field of another type than its label says");
        }
        if (value instanceof Node.Whole number && label.get() == SenmlLabel.BASE_VERSION) {
            requireVersion(number.value(), first);
        }
        return label.get() == SenmlLabel.DATA_VALUE ? data(value) : value;
    }

    private static Node extension(String name, Node value) throws ConversionException {
        if (name.endsWith("_")) {
            throw inexpressible("a SenML field that has to be understood and is not");
        }
        if (isNumber(value) || isBoolean(value) || value instanceof Node.Text || value instanceof Node.Bytes) {
            return value;
        }
        throw malformed("a SenML field that is not a string, number, boolean or data");
    }

    private static boolean isNumber(Node value) {
        return value instanceof Node.Whole || value instanceof Node.Real || value instanceof Node.Decimal;
    }

    private static boolean isBoolean(Node value) {
        return value == Node.Literal.FALSE || value == Node.Literal.TRUE;
    }

    /** All records are of one version, which a later record may repeat. */
    private void requireVersion(BigInteger found, boolean first) throws ConversionException {
        if (found.signum() <= 0 || found.compareTo(MAX_VERSION) > 0) {
            throw inexpressible("a version of SenML that is not known");
        }
        if (first) {
            version = found;
        } else if (!version.equals(found)) {
            throw malformed("SenML records of more than one version");
        }
    }

    private static Node data(Node value) throws ConversionException {
        if (value instanceof Node.Bytes bytes) {
            return new Node.Bytes(bytes.value(), Base.BASE64URL);
        }
        String text = value instanceof Node.Text string ? string.value() : "";
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (Base.BASE64URL.encode(bytes).equals(text)) { // without padding, stray bits or another alphabet
                return new Node.Bytes(bytes, Base.BASE64URL);
            }
        } catch (IllegalArgumentException e) {
            // not base64url: as below
        }
        throw malformed("a SenML data value that is not base64url without padding");
    }
}
