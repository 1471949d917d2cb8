package io.coapgate.gateway.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Frames of RFC 9113 by hand, over a connection of a {@link RawServer}. */
final class Http2Peer {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    static final int REFUSED_STREAM = 7;
    static final int CANCEL = 8;

    /** {@code :status 204}, from the static table of RFC 7541. */
    static final byte[] NO_CONTENT = {(byte) 0x89};
    /** {@code :status 200}. */
    static final byte[] OK = {(byte) 0x88};

    private static final int PREFACE_BYTES = 24;
    private static final int HEAD_BYTES = 9;

    private final RawServer.Peer peer;

    record Frame(int type, int flags, int stream, byte[] payload) {
        boolean is(int wanted) {
            return type == wanted;
        }
    }

    /** Takes the client's preface and sends settings with nothing in them. */
    Http2Peer(RawServer.Peer peer) throws IOException {
        this.peer = peer;
        peer.read(PREFACE_BYTES);
        write(SETTINGS, 0, 0);
    }

    Frame read() throws IOException {
        ByteBuffer head = ByteBuffer.wrap(peer.read(HEAD_BYTES));
        int typeAndLength = head.getInt();
        int flags = head.get();
        int stream = head.getInt();
        return new Frame(typeAndLength & 0xff, flags, stream, peer.read(typeAndLength >>> 8));
    }

    /** Passes over others. */
    Frame read(int type) throws IOException {
        Frame frame = read();
        while (!frame.is(type)) {
            frame = read();
        }
        return frame;
    }

    /** The stream of the next request. */
    int request() throws IOException {
        return read(HEADERS).stream();
    }

    void write(int type, int flags, int stream, byte... payload) throws IOException {
        peer.write(ByteBuffer.allocate(HEAD_BYTES + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array());
    }

    void answer(int stream) throws IOException {
        write(HEADERS, END_HEADERS | END_STREAM, stream, NO_CONTENT);
    }

    void reset(int stream, int code) throws IOException {
        write(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
    }

    void goAway(int lastStream) throws IOException {
        write(GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(lastStream).putInt(0).array());
    }

    /** A literal field that goes into no table, RFC 7541 §6.2.2; its value has 100 bytes. */
    static byte[] field(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(name.length());
        out.writeBytes(name.getBytes(US_ASCII));
        out.write(100);
        out.writeBytes("v".repeat(100).getBytes(US_ASCII));
        return out.toByteArray();
    }
}
