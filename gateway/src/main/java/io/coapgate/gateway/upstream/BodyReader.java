package io.coapgate.gateway.upstream;

import java.util.Optional;

/** Reads a response as it comes. Calls come one after another, on an event loop: they must be quick, and not block. */
public interface BodyReader {
    /**
     * The head of the response has come.
     *
     * @param head without a body
     * @return false to read no more
     */
    boolean begin(UpstreamResponse head);

    /**
     * Some more of the body has come.
     *
     * @param piece not copied; at most as much as one read from the network brings
     * @return false to read no more
     */
    boolean read(byte[] piece);

    /**
     * The last call: the body has ended, or it will not come to its end. Not called after the reader has refused to read
     * more, nor after the stream was closed.
     *
     * @param failure empty if the upstream has ended it in order
     */
    void end(Optional<UpstreamException> failure);
}
