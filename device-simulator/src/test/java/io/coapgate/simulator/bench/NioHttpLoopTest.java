package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NioHttpLoopTest {
    private HttpServer service;
    private final List<String> received = new ArrayList<>();
    private int status = 204;

    @BeforeEach
    void start() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            received.add(exchange.getRequestMethod()
                    + ' '
                    + exchange.getRequestURI()
                    + ' '
                    + exchange.getRequestBody().readAllBytes().length);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void postsMoreThanItHasConnections() throws Exception {
        NioHttpLoop loop = NioHttpLoop.start(service.getAddress(), "/telemetry");
        List<CompletableFuture<Boolean>> outcomes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            outcomes.add(post(loop));
        }
        for (CompletableFuture<Boolean> outcome : outcomes) {
            assertThat(outcome.get(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(received).hasSize(200).containsOnly("POST /telemetry 64");
    }

    @Test
    void anythingBut204IsAFailure() throws Exception {
        status = 500;
        NioHttpLoop loop = NioHttpLoop.start(service.getAddress(), "/telemetry");
        assertThat(post(loop).get(30, TimeUnit.SECONDS)).isFalse();
    }

    private static CompletableFuture<Boolean> post(NioHttpLoop loop) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        loop.post(new byte[64], outcome::complete);
        return outcome;
    }
}
