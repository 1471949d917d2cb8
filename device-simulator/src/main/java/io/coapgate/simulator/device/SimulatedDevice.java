package io.coapgate.simulator.device;

import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.simulator.device.NoAnswerException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.util.Filter;
import org.eclipse.californium.scandium.dtls.Connection;

/**
 * A CoAP device over DTLS with one credential, as a firmware would be: it connects, uploads its CWT, sends requests, and
 * notes how long each took and whether it needed a handshake. Thread-safe.
 *
 * <p>The stages that it returns complete on the runtime's threads: with an {@link Answer}, whatever its code, or with a
 * {@link NoAnswerException}.
 */
public final class SimulatedDevice implements AutoCloseable {
    private static final String AUTHZ_INFO = "/authz-info";
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final DeviceProfile profile;
    private final InetSocketAddress gateway;
    private final DeviceRuntime runtime;
    private final SharedLoopConnector connector;
    private final SessionWatch watch;
    private final CoapEndpoint endpoint;

    private SimulatedDevice(DeviceProfile profile, InetSocketAddress gateway, DeviceRuntime runtime) {
        this.profile = profile;
        this.gateway = gateway;
        this.runtime = runtime;
        this.watch = runtime.watch();
        this.connector = DtlsClient.connector(profile, runtime, watch);
        this.endpoint = CoapEndpoint.builder()
                .setConfiguration(runtime.configuration(profile.connectionId()))
                .setConnector(connector)
                .build();
        endpoint.setExecutors(runtime.protocol(), runtime.timers());
    }

    /**
     * Switches a device on; it does not connect yet.
     *
     * @throws IOException if it gets no UDP socket
     */
    public static SimulatedDevice start(DeviceProfile profile, InetSocketAddress gateway, DeviceRuntime runtime)
            throws IOException {
        SimulatedDevice device = new SimulatedDevice(profile, gateway, runtime);
        device.endpoint.start();
        return device;
    }

    public String id() {
        return profile.id();
    }

    /** How many DTLS handshakes the device has begun. */
    public long handshakes() {
        return watch.handshakes();
    }

    /** Whether it has a DTLS session as far as it knows. */
    public boolean isConnected() {
        return watch.isEstablished();
    }

    /**
     * Makes a DTLS session unless there is one, by a CoAP ping (RFC 7252 §4.3), whose reset counts as an answer with the
     * code {@code 0.00}.
     */
    public CompletionStage<Answer> connect() {
        Request ping = new Request(null, CoAP.Type.CON);
        ping.setToken(Token.EMPTY);
        return send(ping).whenComplete((pong, failure) -> {
            if (pong != null && profile.credential() instanceof Credential.AccessTokens) {
                runtime.tokenTaken();
            }
        });
    }

    /**
     * Uploads a token to {@code /authz-info} (RFC 9200 §5.10.1): out of the device's source, or one that it asks for at
     * {@code /token} first; if it gets none, that is the answer.
     *
     * @throws IllegalStateException if it has none
     */
    public CompletionStage<Answer> uploadToken() {
        if (profile.asksGateway()) {
            return request(TokenEndpoint.request(profile.credential())).thenCompose(this::uploadGranted);
        }
        TokenSource tokens = profile.tokens()
                .orElseThrow(() -> new IllegalStateException("device " + profile.id() + " has no tokens"));
        return uploadToken(tokens.token());
    }

    private CompletionStage<Answer> uploadGranted(Answer granted) {
        try {
            return granted.isSuccess()
                    ? uploadToken(TokenEndpoint.token(granted))
                    : CompletableFuture.completedFuture(granted);
        } catch (AceFormatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Uploads this token, whoever's it is. */
    public CompletionStage<Answer> uploadToken(byte[] token) {
        return request(DeviceRequest.post(AUTHZ_INFO, token, DeviceRequest.CWT)).thenApply(answer -> {
            if (answer.isSuccess()) {
                runtime.tokenTaken();
            }
            return answer;
        });
    }

    public CompletionStage<Answer> request(DeviceRequest request) {
        Request coap = new Request(request.method().code(), request.confirmable() ? CoAP.Type.CON : CoAP.Type.NON);
        String[] pathAndQuery = request.path().split("\\?", 2);
        coap.getOptions().setUriPath(pathAndQuery[0]);
        if (pathAndQuery.length == 2) {
            coap.getOptions().setUriQuery(pathAndQuery[1]);
        }
        coap.setPayload(request.payload());
        request.contentFormat().ifPresent(coap.getOptions()::setContentFormat);
        return send(coap);
    }

    private CompletionStage<Answer> send(Request request) {
        request.setDestinationContext(new AddressEndpointContext(gateway));
        PendingAnswer pending = new PendingAnswer(request);
        request.addMessageObserver(pending);
        endpoint.sendRequest(request);
        ScheduledFuture<?> deadline = runtime.timers()
                .schedule(
                        () -> pending.fail(new NoAnswerException(Reason.TIMEOUT)),
                        runtime.answerTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        return pending.answer().whenComplete((answer, failure) -> deadline.cancel(false));
    }

    /**
     * Goes on from another UDP port, as a device does whose NAT has forgotten it, or that slept. With a connection ID its
     * session goes on too (RFC 9146).
     *
     * @throws IOException if it gets no other socket, or is switched off
     */
    public void changePort() throws IOException {
        connector.rebind();
    }

    /** Begins its next request with a handshake, as firmware does that got no answers in its session. */
    public void doubtSession() {
        connector.forceResumeSessionFor(gateway);
    }

    /** Switches it off without a word, as a power cut does. */
    public void vanish() {
        watch.ended();
        endpoint.destroy();
    }

    /** Says goodbye with a close_notify alert if it can, and frees the socket. */
    @Override
    public void close() {
        try {
            connector.close(gateway);
            // Runs behind the closing of the connection, on the same serial executor.
            connector
                    .startForEach((Filter<Connection>) connection -> false)
                    .get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            // The gateway will find out by itself.
        } finally {
            vanish();
        }
    }

    @Override
    public String toString() {
        return "SimulatedDevice[" + profile.id() + "]";
    }
}
