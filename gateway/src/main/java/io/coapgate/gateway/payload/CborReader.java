package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.CborInput.INDEFINITE;
import static io.coapgate.gateway.payload.ConversionException.inexpressible;
import static io.coapgate.gateway.payload.ConversionException.malformed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one CBOR item that JSON can say (RFC 8949 §6.1). Any well-formed encoding is understood: lengths and numbers need
 * not be in their shortest form, and may be indefinite. What is not well-formed, not valid UTF-8 or has a key twice is
 * malformed; undefined, other simple values, NaN, infinities, tags that carry a meaning of their own, and keys that are
 * neither text nor integer have no form in JSON.
 */
final class CborReader {
    private static final int TAG = 6;

    private static final int FALSE = 20;
    private static final int TRUE = 21;
    private static final int NULL = 22;
    private static final int ONE_BYTE = 24;
    private static final int FIRST_LONG_SIMPLE_VALUE = 32;
    private static final int HALF = 25;
    private static final int SINGLE = 26;
    private static final int DOUBLE = 27;

    private final CborInput input;
    private final MapKeys keys;
    private final Budget budget;
    private final CborTags tags = new CborTags(this);

    private CborReader(CborInput input, Budget budget, MapKeys keys) {
        this.input = input;
        this.budget = budget;
        this.keys = keys;
    }

    static Node read(byte[] cbor, MapKeys keys) throws ConversionException {
        Budget budget = new Budget();
        CborInput input = new CborInput(cbor, budget);
        Node root = new CborReader(input, budget, keys).item(0, Base.BASE64URL);
        if (!input.isAtEnd()) {
            throw malformed("bytes after the end of the CBOR item");
        }
        return root;
    }

    /** @param base in which byte strings are to be written, by the tags around them */
    Node item(int depth, Base base) throws ConversionException {
        budget.spend(depth);
        int initial = input.next();
        int info = initial & 0x1f;
        return switch (initial >> 5) {
            case 0 -> Numbers.whole(input.unsigned(info));
            case 1 -> Numbers.whole(input.unsigned(info).not()); // −1 − n
            case 2 -> new Node.Bytes(input.bytes(info), base);
            case 3 -> new Node.Text(input.text(info));
            case 4 -> array(info, depth, base);
            case 5 -> map(info, depth, base);
            case TAG -> tags.tagged(input.argument(info), depth, base);
            default -> simple(info);
        };
    }

    private Node array(int info, int depth, Base base) throws ConversionException {
        List<Node> items = new ArrayList<>();
        if (info == INDEFINITE) {
            while (!input.takeBreak()) {
                items.add(item(depth + 1, base));
            }
        } else {
            for (int count = input.count(info, 1); count > 0; count--) {
                items.add(item(depth + 1, base));
            }
        }
        return new Node.Items(items);
    }

    private Node map(int info, int depth, Base base) throws ConversionException {
        Map<String, Node> members = new LinkedHashMap<>();
        if (info == INDEFINITE) {
            while (!input.takeBreak()) {
                member(members, depth + 1, base);
            }
        } else {
            for (int count = input.count(info, 2); count > 0; count--) {
                member(members, depth + 1, base);
            }
        }
        return new Node.Members(members);
    }

    private void member(Map<String, Node> members, int depth, Base base) throws ConversionException {
        String name = key(depth);
        if (members.containsKey(name)) {
            throw malformed("a CBOR map that has a key twice, or two that are the same in JSON");
        }
        members.put(name, item(depth, base));
    }

    private String key(int depth) throws ConversionException {
        boolean tagged = input.peek() >> 5 == TAG;
        Node key = item(depth, Base.BASE64URL); // all of it, to tell what is malformed from what JSON can't say
        if (key instanceof Node.Text text && !tagged) {
            return keys.name(text.value());
        }
        if (key instanceof Node.Whole whole && !tagged) {
            return keys.name(whole.value());
        }
        throw inexpressible("a key that is neither text nor an integer");
    }

    private Node simple(int info) throws ConversionException {
        return switch (info) {
            case FALSE -> Node.Literal.FALSE;
            case TRUE -> Node.Literal.TRUE;
            case NULL -> Node.Literal.NULL;
            case HALF -> Numbers.real(HalfFloat.value((int) input.big(Short.BYTES)));
            case SINGLE -> Numbers.real(Float.intBitsToFloat((int) input.big(Float.BYTES)));
            case DOUBLE -> Numbers.real(Double.longBitsToDouble(input.big(Double.BYTES)));
            default -> throw otherSimple(info);
        };
    }

    private ConversionException otherSimple(int info) throws ConversionException {
        boolean reserved = info == ONE_BYTE ? input.next() < FIRST_LONG_SIMPLE_VALUE : info > DOUBLE;
        return reserved
                ? malformed("a CBOR simple value that is reserved, or a break where none may be")
                : inexpressible("undefined or another simple value, which JSON does not have");
    }
}
