package io.coapgate.crypto.inspect;

import static io.coapgate.crypto.cose.CoseException.Reason.MALFORMED;

import io.coapgate.crypto.cose.CoseException;
import java.util.Arrays;

/** A place in encoded CBOR, with what is read there byte by byte. It never goes beyond the end. */
final class CborCursor {

    private final byte[] cbor;
    private int position;

    CborCursor(byte[] cbor) {
        this.cbor = cbor;
    }

    int position() {
        return position;
    }

    long argument(int info) throws CoseException {
        return switch (info) {
            case 24 -> next();
            case 25 -> big(2);
            case 26 -> big(4);
            case 27 -> big(8);
            case 28, 29, 30, 31 -> throw malformed("a reserved CBOR length");
            default -> info;
        };
    }

    int count(long argument, int size) throws CoseException {
        if (Long.compareUnsigned(argument, (cbor.length - position) / size) > 0) {
            throw malformed("a CBOR length beyond the end of the input");
        }
        return (int) argument;
    }

    byte[] take(int length) {
        position += length;
        return Arrays.copyOfRange(cbor, position - length, position);
    }

    byte[] since(int from) {
        return Arrays.copyOfRange(cbor, from, position);
    }

    long big(int length) throws CoseException {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << 8) | next();
        }
        return value;
    }

    int next() throws CoseException {
        int next = peek();
        position++;
        return next;
    }

    int peek() throws CoseException {
        if (position >= cbor.length) {
            throw malformed("CBOR that ends too early");
        }
        return cbor[position] & 0xff;
    }

    static CoseException malformed(String message) {
        return new CoseException(MALFORMED, message);
    }
}
