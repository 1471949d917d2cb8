package io.coapgate.gateway.exchange;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;

/**
 * One CoAP request of an authenticated device, reassembled from its blocks.
 *
 * @param peer where the request came from; may change from one to the next
 * @param payload not copied: nobody changes it
 */
public record DeviceRequest(
        ExchangeId id,
        AuthenticatedDevice device,
        InetSocketAddress peer,
        CoapMethod method,
        RequestOptions options,
        byte[] payload) {
    public DeviceRequest {
        requireNonNull(id, "id");
        requireNonNull(device, "device");
        requireNonNull(peer, "peer");
        requireNonNull(method, "method");
        requireNonNull(options, "options");
        requireNonNull(payload, "payload");
    }

    /** The Uri-Path options as they came; not yet checked. */
    public List<String> pathSegments() {
        return options.path();
    }

    /** The Uri-Query options as they came; not yet checked. */
    public List<String> queryArguments() {
        return options.query();
    }

    /** Of the payload, RFC 7252 §12.3. */
    public OptionalInt contentFormat() {
        return options.contentFormat();
    }

    /** The content-format that the device asks for. */
    public OptionalInt accept() {
        return options.accept();
    }

    public Preconditions preconditions() {
        return options.preconditions();
    }

    DeviceRequest unconditional() {
        return new DeviceRequest(id, device, peer, method, options.withPreconditions(Preconditions.NONE), payload);
    }

    /** Without path, query and payload, which may hold what is private. */
    @Override
    public String toString() {
        return "DeviceRequest[" + id + " " + device.id() + " " + method + ", " + payload.length + " bytes]";
    }
}
