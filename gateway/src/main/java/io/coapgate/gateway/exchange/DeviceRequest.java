package io.coapgate.gateway.exchange;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;

/**
 * One CoAP request of an authenticated device, reassembled from its blocks and freed of CoAP's encoding.
 *
 * @param peer where the request came from; may change from one to the next
 * @param pathSegments the Uri-Path options as they came; not yet checked
 * @param queryArguments the Uri-Query options as they came; not yet checked
 * @param contentFormat of the payload, RFC 7252 §12.3
 * @param accept the content-format that the device asks for
 * @param payload not copied: nobody changes it
 */
public record DeviceRequest(
        ExchangeId id,
        AuthenticatedDevice device,
        InetSocketAddress peer,
        CoapMethod method,
        List<String> pathSegments,
        List<String> queryArguments,
        OptionalInt contentFormat,
        OptionalInt accept,
        byte[] payload) {
    public DeviceRequest {
        requireNonNull(id, "id");
        requireNonNull(device, "device");
        requireNonNull(peer, "peer");
        requireNonNull(method, "method");
        requireNonNull(contentFormat, "contentFormat");
        requireNonNull(accept, "accept");
        requireNonNull(payload, "payload");
        pathSegments = List.copyOf(pathSegments);
        queryArguments = List.copyOf(queryArguments);
    }

    /** Without path, query and payload, which may hold what is private. */
    @Override
    public String toString() {
        return "DeviceRequest[" + id + " " + device.id() + " " + method + ", " + payload.length + " bytes]";
    }
}
