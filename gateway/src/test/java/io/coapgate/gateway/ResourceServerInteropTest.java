package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.CreationHints;
import io.coapgate.crypto.ace.PskIdentity;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Random;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The resource server by the plan of the ACE working group's interop tests, part 2: the plan's keys, kids and tokens, the code
 * points of RFC 9200, RFC 9202's {@code psk_identity}, and real handshakes. The service behind the gateway speaks JSON.
 */
class ResourceServerInteropTest {
    private static final String HELLO_WORLD = "/ace/helloWorld";
    private static final String LOCK = "/ace/lock";
    private static final int CBOR = 60;
    /** The CBOR text {@code "Hello World!"}. */
    private static final byte[] HELLO = InteropKeys.hex("6c48656c6c6f20576f726c6421");

    private static final byte[] FALSE = InteropKeys.hex("f4");

    private final Path directory;

    ResourceServerInteropTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static void assertUploaded(InteropServer server, byte[] token, ResponseCode expected) throws Exception {
        try (PlainClient client = new PlainClient(server.coap())) {
            assertThat(client.upload(token).getCode()).isEqualTo(expected);
        }
    }

    /** RFC 9202 §3.3.2; the plan has the bare kid as identity. */
    private static PskClient named(InteropServer server, String kid) {
        byte[] identity = PskIdentity.encode(KeyId.of(InteropKeys.hex(kid)));
        return new PskClient(server.coaps("psk"), identity, InteropKeys.PROOF_KEY);
    }

    private static void assertHello(CoapResponse response) {
        assertThat(response.getCode()).isEqualTo(ResponseCode.CONTENT);
        assertThat(response.getOptions().getContentFormat()).isEqualTo(CBOR);
        assertThat(response.getPayload()).isEqualTo(HELLO);
    }

    private static Request unlock() {
        Request request = Request.newPut();
        request.getOptions().setContentFormat(CBOR);
        request.setPayload(FALSE);
        return request;
    }

    @Nested
    class Rs1 {
        private static final String KID = "91ecb5cb5dbc";

        private InteropServer server;

        @BeforeEach
        void start() throws Exception {
            server = new InteropServer(directory, "RS1", InteropKeys.RS_1);
        }

        @AfterEach
        void stop() {
            server.close();
        }

        private static byte[] token(String audience, String scope, String kid) {
            return InteropKeys.token(InteropKeys.RS_1, "client2", audience, scope, InteropKeys.symmetric(kid));
        }

        /** 2.1: over plain CoAP there is no such resource; over a session that has no token the hints are told. */
        @Test
        void aClientWithoutTokenGetsNoAccessAndTheHintsOnASession() throws Exception {
            Request plain = new Request(Code.GET, CoAP.Type.CON);
            plain.setMID(1);
            plain.setToken(new Token(new byte[] {1}));
            plain.getOptions().setUriPath(HELLO_WORLD);
            try (PlainClient client1 = new PlainClient(server.coap())) {
                assertThat(client1.exchange(plain).getCode()).isEqualTo(ResponseCode.NOT_FOUND);
            }
            byte[] identity = "client1".getBytes(StandardCharsets.US_ASCII);
            try (PskClient client1 =
                    new PskClient(server.coaps("psk"), identity, InteropKeys.hex(InteropKeys.CLIENT_1))) {
                CoapResponse response = client1.send(Request.newGet(), HELLO_WORLD);
                assertThat(response.getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
                CreationHints hints = CreationHints.decode(response.getPayload());
                assertThat(hints.authorizationServer()).contains("coaps://as.example/token");
                assertThat(hints.audience()).contains("RS1");
                assertThat(hints.scope()).contains("HelloWorld");
            }
        }

        /** 2.2 wants 4.01; what does not parse to a token is 4.00 by RFC 9200 §5.10.1. */
        @Test
        void randomBytesAreABadRequest() throws Exception {
            Random random = new Random(9200);
            try (PlainClient client1 = new PlainClient(server.coap())) {
                for (int length = 1; length < 200; length += 33) {
                    byte[] noise = new byte[length];
                    random.nextBytes(noise);
                    Response answer = client1.upload(noise);
                    assertThat(answer.getCode()).isEqualTo(ResponseCode.BAD_REQUEST);
                }
            }
        }

        /** 2.3. */
        @Test
        void aTokenUnderTheKeyOfAnotherServerIsUnauthorized() throws Exception {
            byte[] token =
                    InteropKeys.token(InteropKeys.RS_2, "client1", "RS1", "HelloWorld", InteropKeys.symmetric(KID));
            assertUploaded(server, token, ResponseCode.UNAUTHORIZED);
        }

        /** 2.4. */
        @Test
        void aTokenForAnotherAudienceIsForbidden() throws Exception {
            assertUploaded(server, token("RS2", "HelloWorld", KID), ResponseCode.FORBIDDEN);
        }

        /** 2.5. */
        @Test
        void aTokenWithAnUnknownScopeIsABadRequest() throws Exception {
            assertUploaded(server, token("RS1", "test", KID), ResponseCode.BAD_REQUEST);
        }

        /** 2.6, 2.7. */
        @Test
        void aTokenIsCreatedAndItsKeyMakesTheSessionThatMayUseIt() throws Exception {
            byte[] token = token("RS1", "HelloWorld", KID);
            assertThat(token).startsWith(InteropKeys.hex("d083" + "43a1010a" + "a1054d"));
            assertUploaded(server, token, ResponseCode.CREATED);
            try (PskClient client2 = named(server, KID)) {
                assertHello(client2.send(Request.newGet(), HELLO_WORLD));
            }
        }

        /** 2.7 has the bare kid as identity, which is none since RFC 9202. */
        @Test
        void theBareKidIsNoIdentity() throws Exception {
            assertUploaded(server, token("RS1", "HelloWorld", KID), ResponseCode.CREATED);
            try (PskClient client2 = new PskClient(server.coaps("psk"), InteropKeys.hex(KID), InteropKeys.PROOF_KEY)) {
                client2.impatient();
                assertThat(client2.send(Request.newGet(), HELLO_WORLD)).isNull();
            }
        }

        /** 2.8; and §I.5 of the plan: all but GET on HelloWorld is 4.05. */
        @Test
        void anotherResourceIsForbiddenAndAnotherMethodNotAllowed() throws Exception {
            assertUploaded(server, token("RS1", "HelloWorld", KID), ResponseCode.CREATED);
            try (PskClient client2 = named(server, KID)) {
                assertThat(client2.send(unlock(), LOCK).getCode()).isEqualTo(ResponseCode.FORBIDDEN);
                assertThat(client2.send(unlock(), HELLO_WORLD).getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
            }
            assertThat(server.locked()).isEqualTo("true");
        }

        /** 2.9. */
        @Test
        void aTokenComesInTheIdentity() throws Exception {
            byte[] token = token("RS1", "HelloWorld", "91ecb5cb5dbf");
            try (PskClient client4 = new PskClient(server.coaps("psk"), token, InteropKeys.PROOF_KEY)) {
                assertHello(client4.send(Request.newGet(), HELLO_WORLD));
            }
        }

        /** Parts 1 and 2 together: 1.6, what it issued in 2.6, 2.7. */
        @Test
        void aTokenOfTheAuthorizationServerServesHere() throws Exception {
            try (InteropAuthority as =
                            new InteropAuthority(Files.createDirectory(directory.resolve("as")), Clock.systemUTC());
                    PskClient client2 = as.client2()) {
                Request request = Request.newPost();
                request.getOptions().setContentFormat(19);
                request.setPayload(
                        AccessTokenRequest.builder().audience("RS1").build().encode());
                AccessTokenResponse issued = AccessTokenResponse.decode(
                        client2.send(request, "/token").getPayload(), 1024);

                assertUploaded(server, issued.accessToken(), ResponseCode.CREATED);
                CoseKey key = ((Confirmation.OfKey) issued.key().orElseThrow()).key();
                byte[] identity = PskIdentity.encode(key.keyId().orElseThrow());
                byte[] secret = key.secret().orElseThrow().expose();
                try (PskClient session = new PskClient(server.coaps("psk"), identity, secret)) {
                    assertHello(session.send(Request.newGet(), HELLO_WORLD));
                }
            }
        }
    }

    @Nested
    class Rs2 {
        private InteropServer server;

        @BeforeEach
        void start() throws Exception {
            server = new InteropServer(directory, "RS2", InteropKeys.RS_2);
        }

        @AfterEach
        void stop() {
            server.close();
        }

        private static byte[] token(String client, String scope, Confirmation key) {
            return InteropKeys.token(InteropKeys.RS_2, client, "RS2", scope, key);
        }

        /** 2.10, 2.13. */
        @Test
        void whoMayReadTheLockMayNotOpenIt() throws Exception {
            String kid = "91ecb5cb5dbd";
            assertUploaded(server, token("client2", "r_Lock", InteropKeys.symmetric(kid)), ResponseCode.CREATED);
            try (PskClient client2 = named(server, kid)) {
                assertThat(client2.send(unlock(), LOCK).getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
                assertThat(client2.send(Request.newGet(), LOCK).getPayload()).isEqualTo(InteropKeys.hex("f5"));
            }
        }

        /** 2.11, 2.14, which means RS2 where it says RS1. */
        @Test
        void whoMayWriteTheLockOpensIt() throws Exception {
            String kid = "91ecb5cb5dbe";
            assertUploaded(server, token("client3", "rw_Lock", InteropKeys.symmetric(kid)), ResponseCode.CREATED);
            try (PskClient client3 = named(server, kid)) {
                assertThat(client3.send(unlock(), LOCK).getCode()).isEqualTo(ResponseCode.CHANGED);
            }
            assertThat(server.locked()).isEqualTo("false");
        }

        /** 2.12, 2.15: each side knows the other by the name that the plan gives to its key. */
        @Test
        void aRawPublicKeyThatATokenNamesIsLetIn() throws Exception {
            assertThat(nameOf(InteropKeys.client3().getPublic()))
                    .isEqualTo("ni:///sha-256;xzLa24yOBeCkos3VFzD2gd83Urohr9TsXqY9nhdDN0w");
            assertThat(nameOf(InteropKeys.rs2().getPublic()))
                    .isEqualTo("ni:///sha-256;sU09Kz-RXT8izVvD3n7v3d5vHVGF1NcYShZZ-oczcVE");
            assertUploaded(server, token("client3", "HelloWorld", InteropKeys.client3Key()), ResponseCode.CREATED);
            try (RpkClient client3 = new RpkClient(
                    server.coaps("rpk"),
                    InteropKeys.client3(),
                    InteropKeys.rs2().getPublic())) {
                assertHello(client3.send(Request.newGet(), HELLO_WORLD));
            }
        }

        private static String nameOf(PublicKey key) {
            return new RawPublicKeyIdentity(key).getName();
        }
    }
}
