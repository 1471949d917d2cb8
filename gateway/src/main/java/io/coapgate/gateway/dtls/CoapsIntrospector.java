package io.coapgate.gateway.dtls;

import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.IntrospectionRequest;
import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.gateway.trust.IntrospectionAccess;
import io.coapgate.gateway.trust.IntrospectionException;
import io.coapgate.gateway.trust.IntrospectionSettings.Bounds;
import io.coapgate.gateway.trust.Introspector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext;

/**
 * Introspection over coaps, RFC 9200 §5.9: the gateway is the client, with a credential of its own, on threads of its own.
 * After a question without an answer the session is made anew: a server that was restarted knows nothing of the old one.
 * Thread-safe.
 */
public final class CoapsIntrospector implements Introspector, AutoCloseable {
    private static final int ACE_CBOR = 19;
    private static final int MAX_RESPONSE_BYTES = 8192;
    private static final int DEFAULT_PORT = 5684;
    private static final int THREADS = 2;

    private final URI url;
    private final Bounds bounds;
    private final ScheduledThreadPoolExecutor threads;
    private final CoapEndpoint endpoint;
    private final Semaphore turns;
    private volatile boolean anew;

    private CoapsIntrospector(URI url, Bounds bounds, ScheduledThreadPoolExecutor threads, CoapEndpoint endpoint) {
        this.url = url;
        this.bounds = bounds;
        this.threads = threads;
        this.endpoint = endpoint;
        this.turns = new Semaphore(5 * bounds.maxConcurrent());
    }

    /**
     * Opens a socket; there is no handshake before the first question.
     *
     * @throws IOException if there is no socket to be had
     */
    public static CoapsIntrospector open(IntrospectionAccess.Coaps access, Bounds bounds) throws IOException {
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "introspection");
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true); // a deadline must not outlive its question
        CoapEndpoint endpoint = CoapsClient.endpoint(access.credential(), bounds.maxConcurrent(), threads);
        try {
            endpoint.start();
            return new CoapsIntrospector(access.url(), bounds, threads, endpoint);
        } catch (IOException e) {
            threads.shutdownNow();
            throw e;
        }
    }

    @Override
    public CompletionStage<IntrospectionResponse> introspect(byte[] token) {
        if (!turns.tryAcquire()) {
            return CompletableFuture.failedFuture(new IntrospectionException("too many questions wait"));
        }
        CompletableFuture<IntrospectionResponse> answer = new CompletableFuture<>();
        var unused = answer.whenComplete((response, failure) -> turns.release());
        try {
            threads.execute(() -> ask(token, answer)); // which may have to look up a name
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new IntrospectionException("the gateway ends"));
        }
        return answer;
    }

    private void ask(byte[] token, CompletableFuture<IntrospectionResponse> answer) {
        Request request = Request.newPost();
        request.getOptions()
                .setUriPath(url.getPath())
                .setContentFormat(ACE_CBOR)
                .setAccept(ACE_CBOR);
        request.setPayload(IntrospectionRequest.of(token).encode());
        request.addMessageObserver(
                new OneAnswer(response -> complete(response, answer), problem -> fail(problem, answer)));
        try {
            request.setDestinationContext(destination());
            var deadline = threads.schedule(
                    () -> {
                        fail("no answer in time", answer);
                        request.cancel();
                    },
                    bounds.timeout().toMillis(),
                    TimeUnit.MILLISECONDS);
            var unused = answer.whenComplete((response, failure) -> deadline.cancel(false));
            endpoint.sendRequest(request);
        } catch (UnknownHostException e) {
            fail("no such host", answer);
        } catch (RejectedExecutionException e) {
            fail("the gateway ends", answer);
        }
    }

    private EndpointContext destination() throws UnknownHostException {
        int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(url.getHost()), port);
        EndpointContext context = new AddressEndpointContext(address);
        if (!anew) {
            return context;
        }
        anew = false;
        return MapBasedEndpointContext.addEntries(context, DtlsEndpointContext.ATTRIBUTE_HANDSHAKE_MODE_FORCE);
    }

    private void fail(String problem, CompletableFuture<IntrospectionResponse> answer) {
        if (answer.completeExceptionally(new IntrospectionException(problem))) {
            anew = true;
        }
    }

    private static void complete(Response response, CompletableFuture<IntrospectionResponse> answer) {
        boolean understood = response.getCode() == CoAP.ResponseCode.CREATED
                && response.getOptions().getContentFormat() == ACE_CBOR;
        if (!understood) {
            answer.completeExceptionally(new IntrospectionException("answer " + response.getCode()));
            return;
        }
        try {
            answer.complete(IntrospectionResponse.decode(response.getPayload(), MAX_RESPONSE_BYTES));
        } catch (AceFormatException e) {
            answer.completeExceptionally(new IntrospectionException("an answer that can't be understood"));
        }
    }

    @Override
    public void close() {
        endpoint.destroy();
        threads.shutdownNow();
    }
}
