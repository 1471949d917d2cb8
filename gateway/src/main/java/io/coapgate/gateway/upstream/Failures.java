package io.coapgate.gateway.upstream;

import io.coapgate.gateway.refusal.Refusal;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * What a failure of the HTTP client means. Its message goes nowhere: it may quote what the peer sent. The operator gets
 * words that are chosen by its type.
 */
final class Failures {
    private static final int MAX_CAUSES = 8;
    /** RFC 9113 §7. */
    private static final long REFUSED_STREAM = 7;

    /** The most telling first, wherever among the causes it stands; time limits are those of the connect-timeout. */
    private static final List<Map.Entry<Class<? extends Throwable>, String>> WHILE_CONNECTING = List.of(
            Map.entry(UnknownHostException.class, "its host name can't be resolved"),
            Map.entry(NoRouteToHostException.class, "no route to its address"),
            Map.entry(CertificateException.class, "TLS: its certificate is not trusted, or not for its name"),
            Map.entry(SSLException.class, "TLS handshake failed"),
            Map.entry(ConnectException.class, "connection refused"),
            Map.entry(IOException.class, "connection lost before the request was sent"));

    private Failures() {}

    static UpstreamException whileConnecting(Throwable failure) {
        String detail = isTimeout(failure) ? "no connection in time" : causeWhileConnecting(failure);
        return new UpstreamException(Refusal.UPSTREAM_UNREACHABLE, detail, failure);
    }

    static UpstreamException afterConnecting(Throwable failure) {
        return isLostConnection(failure)
                ? new UpstreamException(
                        Refusal.UPSTREAM_UNREACHABLE, "connection lost before the whole answer", failure)
                : new UpstreamException(Refusal.UPSTREAM_RESPONSE_INVALID, "response not understood", failure);
    }

    /** What the codec throws at bytes that it does not understand is none of these. */
    static boolean isLostConnection(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof IOException
                        || cause instanceof HttpClosedException
                        || cause instanceof StreamResetException);
    }

    static boolean isRefusedStream(Throwable failure) {
        return failure instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM;
    }

    private static String causeWhileConnecting(Throwable failure) {
        Optional<String> known = WHILE_CONNECTING.stream()
                .filter(entry -> causes(failure).anyMatch(entry.getKey()::isInstance))
                .map(Map.Entry::getValue)
                .findFirst();
        return known.orElse("cannot connect");
    }

    /** Netty's timeouts are subclasses of refused connections and failed handshakes, and known by their name only. */
    private static boolean isTimeout(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause.getClass()
                        .getSimpleName()
                        .toLowerCase(Locale.ROOT)
                        .contains("timeout"));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES);
    }
}
