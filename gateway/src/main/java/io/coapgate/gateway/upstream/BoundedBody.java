package io.coapgate.gateway.upstream;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A body as it comes, in pieces that may be as small as the sender likes: room doubles, so that many small ones cost no more
 * than a few large ones. Not thread-safe.
 */
final class BoundedBody {
    private static final byte[] NOTHING = {};

    private final int maxBytes;
    private byte[] bytes = NOTHING;
    private int length;

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @return whether there was room; if not, nothing of it is kept */
    boolean append(ByteBuf piece) {
        int more = piece.readableBytes();
        if (more > maxBytes - length) {
            return false;
        }
        if (more > bytes.length - length) {
            // The first piece is most often all there is.
            int room = length == 0 ? more : (int) Math.min(maxBytes, Math.max(2L * bytes.length, length + more));
            bytes = Arrays.copyOf(bytes, room);
        }
        piece.readBytes(bytes, length, more);
        length += more;
        return true;
    }

    /** All of it; the next body begins. */
    byte[] take() {
        byte[] whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        bytes = NOTHING;
        length = 0;
        return whole;
    }
}
