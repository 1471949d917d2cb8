package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.token.Cwts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.interceptors.MessageInterceptorAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The links of an assembled gateway, as its devices get them. */
@Timeout(60)
class DiscoveryOverDtlsTest {
    private static final String AUTHZ_INFO = "</authz-info>;rt=\"ace.ai\";ct=\"61 19\"";

    private HttpServer service;
    private PskGateway gateway;
    private PskClient sensor;
    private PskClient stranger;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            byte[] links = "</path/sub1>,</path/sub2>".getBytes(UTF_8);
            boolean list = exchange.getRequestURI().getPath().equals("/path");
            exchange.getResponseHeaders().add("Content-Type", list ? "application/link-format" : "text/plain");
            exchange.sendResponseHeaders(200, links.length);
            exchange.getResponseBody().write(links);
            exchange.close();
        });
        service.start();
        String devices = """
                devices:
                  - id: d1
                    scopes: [read]
                    credentials:
                      - psk: {identity: sensor, key: "%1$s"}
                  - id: d2
                    scopes: []
                    credentials:
                      - psk: {identity: stranger, key: "%1$s"}
                """.formatted(PskGateway.KEY);
        gateway = PskGateway.of(directory, service.getAddress().getPort(), "", devices, """
                - path: /path/**
                  upstream: backend
                  audience: https://backend.example
                  authenticate: session
                  methods: {GET: [read]}
                  links:
                    - {path: /path, ct: [40]}
                    - {path: /path/sub1, rt: [Type1, Type2], if: [If1], sz: 25, title: 'The "first"'}
                - path: /status
                  upstream: backend
                  audience: https://backend.example
                  authenticate: session
                  methods: {GET: [read]}
                - path: /closed
                  upstream: backend
                  audience: https://backend.example
                  methods: {GET: [read]}
                - path: /hidden
                  upstream: backend
                  audience: https://backend.example
                  authenticate: session
                  methods: {GET: [read]}
                  links: []
                """);
        sensor = new PskClient(gateway.address(), "sensor", PskGateway.KEY);
        stranger = new PskClient(gateway.address(), "stranger", PskGateway.KEY);
    }

    @AfterEach
    void stop() {
        sensor.close();
        stranger.close();
        gateway.close();
        service.stop(0);
    }

    private static String list(PskClient client, String query) throws Exception {
        CoapResponse response = client.send(Request.newGet(), "/.well-known/core" + query);
        assertThat(response.getCode()).isEqualTo(ResponseCode.CONTENT);
        assertThat(response.getOptions().getContentFormat()).isEqualTo(40);
        return response.getResponseText();
    }

    @Test
    void eachDeviceFindsWhatItMayUse() throws Exception {
        String open = "</path>;ct=40,"
                + "</path/sub1>;rt=\"Type1 Type2\";if=\"If1\";sz=25;title=\"The \\\"first\\\"\",</status>";
        assertThat(list(sensor, "")).isEqualTo(open + "," + AUTHZ_INFO);
        assertThat(list(stranger, "")).isEqualTo(AUTHZ_INFO);
        Request upload = Request.newPost();
        upload.getOptions().setContentFormat(61);
        upload.setPayload(Cwts.selfIssued(
                "d1",
                SecretBytes.copyOf(PskGateway.KEY.getBytes(UTF_8)),
                Cwts.claims(Clock.systemUTC().instant(), "read").subject("d1").build()));
        assertThat(sensor.send(upload, "/authz-info").getCode()).isEqualTo(ResponseCode.CREATED);
        assertThat(list(sensor, "")).isEqualTo(open + ",</closed>," + AUTHZ_INFO);
        assertThat(list(stranger, "?href=/closed")).isEmpty();
    }

    @Test
    void searchesAreAnsweredAndListsLeadToLists() throws Exception {
        assertThat(list(sensor, "?rt=Type2")).startsWith("</path/sub1>").doesNotContain(",");
        assertThat(list(sensor, "?if=If*&rt=Type1")).startsWith("</path/sub1>");
        assertThat(list(sensor, "?sz=*")).startsWith("</path/sub1>");
        assertThat(list(sensor, "?rt=none")).isEmpty();
        assertThat(list(sensor, "?ct=40")).isEqualTo("</path>;ct=40");
        CoapResponse second = sensor.send(Request.newGet(), "/path");
        assertThat(second.getOptions().getContentFormat()).isEqualTo(40);
        assertThat(second.getResponseText()).isEqualTo("</path/sub1>,</path/sub2>");
        assertThat(sensor.send(Request.newGet(), "/path/sub1").getCode()).isEqualTo(ResponseCode.CONTENT);
    }

    @Test
    void aListComesInBlocksAndIsValidated() throws Exception {
        List<Integer> blocks = new CopyOnWriteArrayList<>();
        sensor.endpoint().addInterceptor(new MessageInterceptorAdapter() {
            @Override
            public void receiveResponse(Response response) {
                if (response.getOptions().hasBlock2()) {
                    blocks.add(response.getOptions().getBlock2().getNum());
                }
            }
        });
        Request inBlocksOf64 = Request.newGet();
        inBlocksOf64.getOptions().setBlock2(2, false, 0);
        CoapResponse whole = sensor.send(inBlocksOf64, "/.well-known/core");
        assertThat(whole.getResponseText()).isEqualTo(list(sensor, ""));
        assertThat(blocks).containsExactly(0, 1);
        Request again = Request.newGet();
        again.getOptions().addETag(whole.getOptions().getETags().get(0));
        assertThat(sensor.send(again, "/.well-known/core").getCode()).isEqualTo(ResponseCode.VALID);
    }

    @Test
    void otherMethodsAndFormatsAreRefused() throws Exception {
        assertThat(sensor.send(Request.newPost(), "/.well-known/core").getCode())
                .isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
        Request json = Request.newGet();
        json.getOptions().setAccept(50);
        assertThat(sensor.send(json, "/.well-known/core").getCode()).isEqualTo(ResponseCode.NOT_ACCEPTABLE);
        assertThat(sensor.send(Request.newGet(), "/.well-known/other").getCode())
                .isEqualTo(ResponseCode.NOT_FOUND);
    }
}
