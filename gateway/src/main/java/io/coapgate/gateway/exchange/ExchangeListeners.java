package io.coapgate.gateway.exchange;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.UpstreamName;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Tells two listeners, one after the other.
 *
 * @param first hears of everything first
 * @param second hears of it then
 */
public record ExchangeListeners(ExchangeListener first, ExchangeListener second) implements ExchangeListener {
    @Override
    public void answered(DeviceRequest request, DeviceResponse response, Duration elapsed) {
        first.answered(request, response, elapsed);
        second.answered(request, response, elapsed);
    }

    @Override
    public void refusedUnread(DeviceId device, Refusal reason) {
        first.refusedUnread(device, reason);
        second.refusedUnread(device, reason);
    }

    @Override
    public void upstreamAnswered(UpstreamName upstream, int status) {
        first.upstreamAnswered(upstream, status);
        second.upstreamAnswered(upstream, status);
    }

    @Override
    public void upstreamFailed(DeviceRequest request, UpstreamName upstream, Refusal reason, String cause) {
        first.upstreamFailed(request, upstream, reason, cause);
        second.upstreamFailed(request, upstream, reason, cause);
    }

    @Override
    public void observationBegan(DeviceId device) {
        first.observationBegan(device);
        second.observationBegan(device);
    }

    @Override
    public void observationDeclined(DeviceId device) {
        first.observationDeclined(device);
        second.observationDeclined(device);
    }

    @Override
    public void observationEnded(DeviceId device, ObservationEnd reason) {
        first.observationEnded(device, reason);
        second.observationEnded(device, reason);
    }

    @Override
    public void notified(DeviceId device, boolean confirmable) {
        first.notified(device, confirmable);
        second.notified(device, confirmable);
    }

    @Override
    public void cacheUsed(UpstreamName upstream, CacheUse use) {
        first.cacheUsed(upstream, use);
        second.cacheUsed(upstream, use);
    }

    @Override
    public void tokenAccepted(DeviceId device, String issuer) {
        first.tokenAccepted(device, issuer);
        second.tokenAccepted(device, issuer);
    }

    @Override
    public void tokenRefused(DeviceId device, Refusal reason) {
        first.tokenRefused(device, reason);
        second.tokenRefused(device, reason);
    }

    @Override
    public void uploadRefused(InetSocketAddress peer, Refusal reason) {
        first.uploadRefused(peer, reason);
        second.uploadRefused(peer, reason);
    }

    @Override
    public void connected(DeviceId device) {
        first.connected(device);
        second.connected(device);
    }

    @Override
    public void disconnected(AuthenticatedDevice device) {
        first.disconnected(device);
        second.disconnected(device);
    }

    @Override
    public void handshakeRefused(String credential, Refusal reason) {
        first.handshakeRefused(credential, reason);
        second.handshakeRefused(credential, reason);
    }
}
