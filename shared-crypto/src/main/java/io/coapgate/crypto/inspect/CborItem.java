package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cose.CoseException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One item of CBOR (RFC 8949) as it stands in the bytes: well-formed, but perhaps not as {@link
 * io.coapgate.crypto.cose.StrictCbor} wants it. Immutable.
 *
 * <p>Nothing is computed from it: a tag is a number in front of an item, and duplicate keys are all there.
 */
public final class CborItem {

    private final Kind kind;
    private final long argument;
    private final byte[] content;
    private final List<CborItem> children;
    private final byte[] encoded;

    CborItem(Kind kind, long argument, byte[] content, List<CborItem> children, byte[] encoded) {
        this.kind = kind;
        this.argument = argument;
        this.content = content;
        this.children = List.copyOf(children);
        this.encoded = encoded;
    }

    /** What an item is. */
    public enum Kind {
        UNSIGNED,
        NEGATIVE,
        BYTES,
        TEXT,
        ARRAY,
        MAP,
        TAG,
        SIMPLE,
        FLOAT
    }

    /** A key of a map with its value. */
    public record Entry(CborItem key, CborItem value) {}

    /**
     * Reads the first item of these bytes, of at most 65,535, and looks at nothing behind it.
     *
     * @throws CoseException {@code MALFORMED} if it isn't well-formed, {@code TOO_LARGE}
     */
    public static CborItem read(byte[] bytes) throws CoseException {
        return CborReader.read(bytes);
    }

    public Kind kind() {
        return kind;
    }

    public boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** Whether it is the integer with this value. */
    public boolean isInteger(long value) {
        return value < 0 ? kind == Kind.NEGATIVE && argument == ~value : kind == Kind.UNSIGNED && argument == value;
    }

    /** The value of an integer. */
    public Optional<BigInteger> integer() {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(argument));
        return switch (kind) {
            case UNSIGNED -> Optional.of(unsigned);
            case NEGATIVE -> Optional.of(unsigned.not()); // −1 − n
            default -> Optional.empty();
        };
    }

    /** A tag's number, a simple value, or the bits of a double. */
    long argument() {
        return argument;
    }

    /** A copy of the bytes of a byte string or text; empty for anything else. */
    public byte[] content() {
        return content.clone();
    }

    /** The text, if it is one and valid UTF-8. */
    public Optional<String> text() {
        try {
            return kind == Kind.TEXT
                    ? Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString())
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The elements of an array, keys and values of a map in turn, or what a tag stands in front of. */
    public List<CborItem> children() {
        return children;
    }

    /** The entries of a map, duplicates included. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; kind == Kind.MAP && i < children.size(); i += 2) {
            entries.add(new Entry(children.get(i), children.get(i + 1)));
        }
        return entries;
    }

    /** A copy of the bytes that the item was read from. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** The size of {@link #encoded()}. */
    public int size() {
        return encoded.length;
    }

    /** The item in diagnostic notation, safe for a terminal and without secret parts of keys. */
    @Override
    public String toString() {
        return CborNotation.of(this);
    }
}
