package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One HTTP request that the gateway makes on its own account, not for a device.
 *
 * @param url absolute, http or https, with a host, without user info and fragment
 * @param headers all but {@code Host} and {@code Content-Length}, which the client sets
 * @param body not copied: the caller must not change it any more
 * @param timeout from now until the whole response has arrived
 */
public record WebRequest(HttpMethod method, URI url, List<Header> headers, byte[] body, Duration timeout) {
    private static final byte[] NOTHING = {};
    private static final Pattern HERE = Pattern.compile("localhost|\\[::1]|127(\\.[0-9]{1,3}){3}");

    public WebRequest {
        requireNonNull(method, "method");
        requireNonNull(body, "body");
        requireNonNull(timeout, "timeout");
        headers = List.copyOf(headers);
        if (!isUsable(url)) {
            throw new IllegalArgumentException("not an http(s) URL that can be asked");
        }
    }

    /** Asks for a document. */
    public static WebRequest get(URI url, String mediaType, Duration timeout) {
        return new WebRequest(HttpMethod.GET, url, List.of(new Header("accept", mediaType)), NOTHING, timeout);
    }

    /** Whether a request can be made to this URL. */
    public static boolean isUsable(URI url) {
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        return web
                && url.getHost() != null
                && url.getPort() <= 65_535
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null
                && target(url).chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Whether nobody on the way can read what is sent there: https, or http that does not leave this host. */
    public static boolean isConfidential(URI url) {
        return "https".equalsIgnoreCase(url.getScheme())
                || HERE.matcher(url.getHost()).matches();
    }

    /** Path and query as they are sent, RFC 9112 §3.2.1. */
    private static String target(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + '?' + url.getRawQuery();
    }

    UpstreamRequest toUpstream() {
        return new UpstreamRequest(method, target(url), headers, BearerToken.NONE, body, timeout);
    }

    /** Where to, without query, headers and body, which may be secret. */
    @Override
    public String toString() {
        return "WebRequest[" + method + " " + Origin.of(url) + url.getRawPath() + "]";
    }
}
