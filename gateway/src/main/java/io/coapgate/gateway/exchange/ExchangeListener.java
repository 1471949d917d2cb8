package io.coapgate.gateway.exchange;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.UpstreamName;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Hears of everything that an operator may want to count, log or diagnose. Callbacks run on the hot path: they must be
 * thread-safe, quick and must not throw. Nothing passed here is a key, a token or a body.
 */
public interface ExchangeListener {
    ExchangeListener NONE = new ExchangeListener() {};

    /** A request has been answered, or refused. */
    default void answered(DeviceRequest request, DeviceResponse response, Duration elapsed) {}

    /** A request was refused for its form alone, before anything was made of it: an option, a method, too many blocks. */
    default void refusedUnread(DeviceId device, Refusal reason) {}

    /** An upstream has answered, with whatever HTTP status. */
    default void upstreamAnswered(UpstreamName upstream, int status) {}

    /**
     * No answer that a device could get came from an upstream; the request is refused for this reason.
     *
     * @param cause what went wrong, in words of the gateway's own: nothing that the upstream sent, no URL
     */
    default void upstreamFailed(DeviceRequest request, UpstreamName upstream, Refusal reason, String cause) {}

    /** A device observes a resource from now on. */
    default void observationBegan(DeviceId device) {}

    /** A device asked to observe one resource too many, and got a plain answer. */
    default void observationDeclined(DeviceId device) {}

    default void observationEnded(DeviceId device, ObservationEnd reason) {}

    /** A notification has been sent; a retransmission is not another one. */
    default void notified(DeviceId device, boolean confirmable) {}

    /** A request came that the cache might answer; what it was good for. */
    default void cacheUsed(UpstreamName upstream, CacheUse use) {}

    /** A CWT has been accepted, for a session or for a handshake to come. */
    default void tokenAccepted(DeviceId device, String issuer) {}

    /** A CWT has been refused; the device sees no more than the reason's class. */
    default void tokenRefused(DeviceId device, Refusal reason) {}

    /** A CWT that came before its handshake has been refused; who sent it is not known. */
    default void uploadRefused(InetSocketAddress peer, Refusal reason) {}

    /** A handshake ended with this device authenticated. */
    default void connected(DeviceId device) {}

    /** A session has ended, whoever wanted it. */
    default void disconnected(AuthenticatedDevice device) {}

    /**
     * A handshake was refused.
     *
     * @param credential what the peer called itself, shortened and freed of control characters; may be anything
     */
    default void handshakeRefused(String credential, Refusal reason) {}
}
