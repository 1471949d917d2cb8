package io.coapgate.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Requests to one origin as HTTP/1.1 writes them (RFC 9112 §2): in one piece, for one write. All that stands in the head was
 * checked where it was composed, so that no value can end its line. Immutable.
 */
final class Http1Request {
    private static final int ROOM = 512;

    private final String host;

    Http1Request(Origin origin) {
        boolean standard = origin.port() == (origin.isSecure() ? 443 : 80);
        this.host = "host: " + origin.host() + (standard ? "" : ":" + origin.port()) + "\r\n";
    }

    /** @throws IllegalArgumentException if the token could end its line */
    ByteBuf encode(UpstreamRequest request, ByteBufAllocator allocator) {
        byte[] head = head(request).getBytes(StandardCharsets.ISO_8859_1);
        ByteBuf message = allocator.ioBuffer(head.length + request.body().length);
        return message.writeBytes(head).writeBytes(request.body());
    }

    private String head(UpstreamRequest request) {
        String authorization = request.token().authorization();
        StringBuilder head = new StringBuilder(ROOM + authorization.length());
        head.append(request.method().name())
                .append(' ')
                .append(request.target())
                .append(" HTTP/1.1\r\n")
                .append(host); // the first of them, RFC 9110 §7.2
        List<Header> headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            line(head, headers.get(i).name(), headers.get(i).value());
        }
        if (request.token() != BearerToken.NONE) {
            line(head, "authorization", checked(authorization));
        }
        if (request.body().length > 0 || expectsBody(request.method())) {
            head.append("content-length: ").append(request.body().length).append("\r\n"); // RFC 9110 §8.6
        }
        return head.append("\r\n").toString();
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static String checked(String authorization) {
        if (!Header.isPrintable(authorization)) {
            throw new IllegalArgumentException("a token that no header can hold");
        }
        return authorization;
    }

    private static boolean expectsBody(HttpMethod method) {
        return method != HttpMethod.GET && method != HttpMethod.DELETE;
    }
}
