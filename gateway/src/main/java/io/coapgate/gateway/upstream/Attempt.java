package io.coapgate.gateway.upstream;

import io.coapgate.gateway.refusal.Refusal;

/** A connection, or a stream of one, for one request. Only for the lane's event loop. */
interface Attempt {
    /** Whether the connection has carried a request before: only such a one may have gone stale. */
    boolean isReused();

    /**
     * Sends the request; once, and instead of {@link #abandon}.
     *
     * @throws RuntimeException if it can't be written, and nothing was
     */
    void send(UpstreamRequest request, Outcome outcome);

    /**
     * Whether the server says that it has not looked at this request. Then even a POST may be sent again, RFC 9113 §8.7.
     *
     * @param failure what came in place of a response
     */
    boolean isUnprocessed(Throwable failure);

    /** It is not needed any more, and nothing was sent. */
    void abandon();

    /** Of what was sent, nothing more is wanted. The outcome hears no more. */
    void cancel();

    /** What becomes of it. Of all but the first, one comes, once. */
    interface Outcome {
        /** A response that is not the final one, RFC 9110 §15.2. */
        void interim();

        void succeeded(UpstreamResponse response);

        void refuse(Refusal reason, String detail);

        /** No response has begun. */
        void unanswered(Throwable failure);

        /** A response had begun. */
        void failed(Throwable failure);
    }
}
