package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an assembled gateway keeps, between two devices and a service that counts. */
@Timeout(60)
class ResponseCacheOverDtlsTest {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer service;
    private PskGateway gateway;
    private PskClient first;
    private PskClient second;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            String etag = exchange.getRequestHeaders().getFirst("If-None-Match");
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + etag);
            byte[] body = ("answer " + received.size() + " ").repeat(20).getBytes(UTF_8);
            boolean validated = exchange.getRequestURI().getPath().endsWith("/validated");
            exchange.getResponseHeaders().add("Cache-Control", "public");
            exchange.getResponseHeaders().add("Cache-Control", validated ? "no-cache" : "max-age=600");
            exchange.getResponseHeaders().add("ETag", "\"a-long-entity-tag\"");
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            boolean good = validated && etag != null;
            exchange.sendResponseHeaders(good ? 304 : 200, good ? -1 : body.length);
            if (!good) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        service.start();
        int port = service.getAddress().getPort();
        gateway = PskGateway.of(directory, port, "", PskGateway.TWO_DEVICES, """
                - path: /own/**
                  upstream: backend
                  audience: https://backend.example
                  authenticate: session
                  methods: {GET: [all], PUT: [all]}
                  cache: private
                - path: /all/**
                  upstream: backend
                  audience: https://backend.example
                  authenticate: session
                  methods: {GET: [all]}
                  cache: shared
                """);
        first = new PskClient(gateway.address(), "sensor-1", PskGateway.KEY);
        second = new PskClient(gateway.address(), "sensor-2", PskGateway.KEY);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        gateway.close();
        service.stop(0);
    }

    private static String get(PskClient client, String path) throws Exception {
        CoapResponse response = client.send(Request.newGet(), path);
        assertThat(response.getCode()).isEqualTo(ResponseCode.CONTENT);
        assertThat(response.getOptions().getETagCount()).isOne();
        assertThat(response.getOptions().getMaxAge()).isLessThanOrEqualTo(600);
        return response.getResponseText();
    }

    @Test
    void aDeviceGetsItsOwnAnswerAgainAndNoOtherDeviceDoes() throws Exception {
        String answer = get(first, "/own/x");
        assertThat(answer).startsWith("answer 1 ").hasSizeGreaterThan(64);
        assertThat(get(first, "/own/x")).isEqualTo(answer);
        assertThat(get(second, "/own/x")).startsWith("answer 2 ");
        first.send(Request.newPut(), "/own/x");
        assertThat(get(first, "/own/x")).startsWith("answer 4 ");
        assertThat(received).hasSize(4);
    }

    @Test
    void whatIsPublicIsSharedAndWhatMustBeIsValidated() throws Exception {
        get(first, "/all/x");
        assertThat(get(second, "/all/x")).startsWith("answer 1 ");
        get(first, "/all/validated");
        assertThat(get(second, "/all/validated")).startsWith("answer 2 ");
        assertThat(received)
                .containsExactly(
                        "GET /all/x null", "GET /all/validated null", "GET /all/validated \"a-long-entity-tag\"");
        assertThat(gateway.metrics())
                .contains("coapgate_cache_lookups_total{result=\"hit\"} 1.0")
                .contains("coapgate_cache_lookups_total{result=\"miss\"} 2.0")
                .contains("coapgate_cache_lookups_total{result=\"revalidated\"} 1.0")
                .containsPattern("coapgate_cached_bytes [1-9]");
    }
}
