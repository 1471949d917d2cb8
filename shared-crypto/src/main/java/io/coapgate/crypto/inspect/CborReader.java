package io.coapgate.crypto.inspect;

import static io.coapgate.crypto.cose.CoseException.Reason.TOO_LARGE;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.inspect.CborItem.Kind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads well-formed CBOR (RFC 8949 §3) without minding how it is written. Bombs find nothing to blow up: bytes, nesting
 * and items are capped, a length must fit into the input before anything is built, and tags mean nothing.
 */
final class CborReader {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_ITEMS = 8192;
    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xff;
    private static final byte[] NONE = {};
    private static final Kind[] MAJOR = {
        Kind.UNSIGNED, Kind.NEGATIVE, Kind.BYTES, Kind.TEXT, Kind.ARRAY, Kind.MAP, Kind.TAG, Kind.SIMPLE
    };

    private final CborCursor in;
    private int items;

    private CborReader(CborCursor in) {
        this.in = in;
    }

    static CborItem read(byte[] bytes) throws CoseException {
        if (bytes.length > StrictCbor.MAX_BYTES) {
            throw new CoseException(TOO_LARGE, "more than " + StrictCbor.MAX_BYTES + " bytes");
        }
        return new CborReader(new CborCursor(bytes.clone())).item(0);
    }

    private CborItem item(int depth) throws CoseException {
        if (depth > MAX_DEPTH || ++items > MAX_ITEMS) {
            throw new CoseException(TOO_LARGE, "CBOR nested deeper or with more items than is looked at");
        }
        int from = in.position();
        int initial = in.next();
        Kind kind = MAJOR[initial >> 5];
        int info = initial & 0x1f;
        return switch (kind) {
            case BYTES, TEXT -> {
                byte[] content = info == INDEFINITE ? chunks(initial >> 5) : in.take(in.count(in.argument(info), 1));
                yield new CborItem(kind, 0, content, List.of(), in.since(from));
            }
            case ARRAY, MAP -> {
                List<CborItem> children = children(info, kind == Kind.MAP ? 2 : 1, depth);
                yield new CborItem(kind, 0, NONE, children, in.since(from));
            }
            case TAG -> {
                long number = in.argument(info);
                yield new CborItem(kind, number, NONE, List.of(item(depth + 1)), in.since(from));
            }
            case SIMPLE -> simple(info, from);
            default -> new CborItem(kind, in.argument(info), NONE, List.of(), in.since(from));
        };
    }

    private List<CborItem> children(int info, int each, int depth) throws CoseException {
        List<CborItem> children = new ArrayList<>();
        if (info == INDEFINITE) {
            while (in.peek() != BREAK) {
                for (int i = 0; i < each; i++) {
                    children.add(item(depth + 1));
                }
            }
            in.next();
        } else {
            int count = each * in.count(in.argument(info), each);
            for (int i = 0; i < count; i++) {
                children.add(item(depth + 1));
            }
        }
        return children;
    }

    private byte[] chunks(int major) throws CoseException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (in.peek() != BREAK) {
            int initial = in.next();
            if (initial >> 5 != major || (initial & 0x1f) == INDEFINITE) {
                throw CborCursor.malformed("a piece of another kind in a CBOR string of indefinite length");
            }
            content.writeBytes(in.take(in.count(in.argument(initial & 0x1f), 1)));
        }
        in.next();
        return content.toByteArray();
    }

    private CborItem simple(int info, int from) throws CoseException {
        return switch (info) {
            case 25 -> floating(half((int) in.big(2)), from);
            case 26 -> floating(Float.intBitsToFloat((int) in.big(4)), from);
            case 27 -> floating(Double.longBitsToDouble(in.big(8)), from);
            case INDEFINITE -> throw CborCursor.malformed("a CBOR break where none may be");
            default -> new CborItem(Kind.SIMPLE, in.argument(info), NONE, List.of(), in.since(from));
        };
    }

    private CborItem floating(double value, int from) {
        return new CborItem(Kind.FLOAT, Double.doubleToLongBits(value), NONE, List.of(), in.since(from));
    }

    /** RFC 8949 Appendix D. */
    private static double half(int bits) {
        int exponent = (bits >> 10) & 0x1f;
        int mantissa = bits & 0x3ff;
        double magnitude = switch (exponent) {
            case 0 -> Math.scalb((double) mantissa, -24);
            case 31 -> mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb((double) (mantissa + 1024), exponent - 25);
        };
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
}
