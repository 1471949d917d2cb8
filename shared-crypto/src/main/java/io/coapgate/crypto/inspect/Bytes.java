package io.coapgate.crypto.inspect;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Puts encoded CBOR together again. */
final class Bytes {

    private Bytes() {}

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** A map of these entries, whose keys and values stay as they were. */
    static byte[] map(List<CborItem.Entry> entries) {
        ByteArrayOutputStream map = new ByteArrayOutputStream();
        map.writeBytes(head(0xa0, entries.size()));
        for (CborItem.Entry entry : entries) {
            map.writeBytes(entry.key().encoded());
            map.writeBytes(entry.value().encoded());
        }
        return map.toByteArray();
    }

    static byte[] string(byte[] content) {
        return join(head(0x40, content.length), content);
    }

    private static byte[] head(int major, int argument) {
        if (argument < 24) {
            return new byte[] {(byte) (major | argument)};
        }
        return argument < 256
                ? new byte[] {(byte) (major | 24), (byte) argument}
                : new byte[] {(byte) (major | 25), (byte) (argument >> 8), (byte) argument};
    }
}
