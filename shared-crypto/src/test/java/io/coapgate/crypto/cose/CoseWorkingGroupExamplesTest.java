package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.WorkingGroupExample.Verdict.ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseEnvelope.Structure;
import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.cose.WorkingGroupExample.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All files with the three structures that we know among the COSE working group's examples; docs/cose-examples.md accounts
 * for them and for the others.
 */
class CoseWorkingGroupExamplesTest {

    private static final int MAX = 4096;
    private static final int FILES = 301;

    static Stream<WorkingGroupExample> accepted() {
        return WorkingGroupExample.all().stream().filter(example -> example.verdict() == ACCEPTED);
    }

    static Stream<WorkingGroupExample> refused() {
        return WorkingGroupExample.all().stream().filter(example -> example.verdict() != ACCEPTED);
    }

    static Stream<WorkingGroupExample> deterministic() {
        return accepted().filter(WorkingGroupExample::isDeterministic);
    }

    static Stream<WorkingGroupExample> madeTheSame() {
        return accepted().filter(WorkingGroupExample::isMadeTheSame);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void theKeyOpensTheMessage(WorkingGroupExample example) throws Exception {
        assertThat(open(example, example.message(), example.externalAad())).isEqualTo(example.plaintext());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void noOtherExternalDataOpensIt(WorkingGroupExample example) {
        byte[] longer = Arrays.copyOf(example.externalAad(), example.externalAad().length + 1);
        assertReason(Reason.BAD_SIGNATURE, () -> open(example, example.message(), longer));
        if (example.externalAad().length > 0) {
            assertReason(Reason.BAD_SIGNATURE, () -> open(example, example.message(), CoseMessage.NO_AAD));
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void noChangeOfTheLastByteOpens(WorkingGroupExample example) {
        byte[] changed = example.message();
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            changed[changed.length - 1] ^= (byte) (1 << bit);
            assertReason(Reason.BAD_SIGNATURE, () -> open(example, changed, example.externalAad()));
            changed[changed.length - 1] ^= (byte) (1 << bit);
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatIsAuthenticatedIsWhatTheExampleSays(WorkingGroupExample example) throws Exception {
        assertThat(authenticated(example)).isEqualTo(example.authenticated());
    }

    @ParameterizedTest
    @MethodSource("deterministic")
    void theSameKeyMakesTheSameOfIt(WorkingGroupExample example) throws Exception {
        CoseEnvelope envelope = envelope(example);
        CoseAlgorithm algorithm = example.algorithm();
        if (example.structure() == Structure.ENCRYPT0) {
            byte[] nonce = Nonces.of(envelope.headers(), example.key().baseIv().orElse(null));
            assertThat(example.key().encryptionKey(algorithm).seal(nonce, example.plaintext(), authenticated(example)))
                    .isEqualTo(envelope.content());
        } else {
            assertThat(example.key().signingKey(algorithm).authenticate(authenticated(example)))
                    .isEqualTo(envelope.authenticator());
        }
    }

    @ParameterizedTest
    @MethodSource("madeTheSame")
    void weMakeTheSameMessage(WorkingGroupExample example) throws Exception {
        assertThat(make(example)).isEqualTo(example.message());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void otherFilesAreRefused(WorkingGroupExample example) {
        assertReason(example.reason(), () -> open(example, example.message(), example.externalAad()));
    }

    /** docs/cose-examples.md, whose first table has a row per folder. */
    @Nested
    class TheTable {

        private final String text = Files.readString(Path.of("..", "docs", "cose-examples.md"));

        TheTable() throws Exception {}

        @Test
        void countsWhatIsRunHere() {
            for (String[] row : rows().toList()) {
                String folder = row[0].replace("`", "");
                int column = 2;
                for (Verdict verdict : Verdict.values()) {
                    assertThat(Integer.parseInt(row[column++]))
                            .as("%s %s", folder, verdict)
                            .isEqualTo((int) WorkingGroupExample.all().stream()
                                    .filter(one -> one.folder().equals(folder) && one.verdict() == verdict)
                                    .count());
                }
            }
            assertThat(rows().map(row -> row[0].replace("`", "")))
                    .containsAll(WorkingGroupExample.all().stream()
                            .map(WorkingGroupExample::folder)
                            .toList());
        }

        @Test
        void accountsForEveryFile() {
            for (String[] row : rows().toList()) {
                int sum = Arrays.stream(row, 2, 7).mapToInt(Integer::parseInt).sum();
                assertThat(sum).as(row[0]).isEqualTo(Integer.parseInt(row[1]));
            }
            assertThat(rows().mapToInt(row -> Integer.parseInt(row[1])).sum()).isEqualTo(FILES);
            String[] total = text.lines()
                    .filter(line -> line.startsWith("| all |"))
                    .findFirst()
                    .orElseThrow()
                    .split(" *\\| *", -1);
            for (int column = 1; column < 7; column++) {
                int at = column;
                assertThat(rows().mapToInt(row -> Integer.parseInt(row[at])).sum())
                        .isEqualTo(Integer.parseInt(total[column + 1]));
            }
        }

        @Test
        void namesEachRefusedFileWithItsReason() {
            refused()
                    .forEach(example -> assertThat(text.lines())
                            .as(example.file())
                            .anyMatch(line -> line.startsWith("| `" + example.file() + "` | ")
                                    && line.contains("`" + example.reason() + "`")));
        }

        private Stream<String[]> rows() {
            return text.lines()
                    .filter(line -> line.matches("\\| `[^/`]+` \\|.*"))
                    .map(line -> line.substring(2).split(" *\\| *"));
        }
    }

    private static byte[] open(WorkingGroupExample example, byte[] message, byte[] aad) throws CoseException {
        if (example.structure() == Structure.ENCRYPT0) {
            CoseEncrypt0 decoded = CoseEncrypt0.decode(message, MAX);
            return decoded.decrypt(example.key().decryptionKey(example.algorithm()), aad);
        }
        CoseMessage decoded =
                example.structure() == Structure.SIGN1 ? CoseSign1.decode(message, MAX) : CoseMac0.decode(message, MAX);
        return decoded.verify(example.key().verificationKey(example.algorithm()), aad);
    }

    private static byte[] make(WorkingGroupExample example) throws CoseException {
        CoseHeaders headers = envelope(example).headers();
        CoseKey unnamed = example.key();
        CoseKey key = headers.keyId().map(unnamed::withKeyId).orElse(unnamed);
        byte[] plaintext = example.plaintext();
        byte[] aad = example.externalAad();
        if (example.structure() == Structure.MAC0) {
            return CoseMac0.create(key.signingKey(example.algorithm()), plaintext, aad);
        }
        if (example.structure() == Structure.SIGN1) {
            return CoseSign1.create(key.signingKey(example.algorithm()), plaintext, aad);
        }
        EncryptionKey encryptionKey = key.encryptionKey(example.algorithm());
        Optional<byte[]> partialIv = headers.partialIv();
        return partialIv.isPresent()
                ? CoseEncrypt0.createWithPartialIv(encryptionKey, partialIv.get(), plaintext, aad)
                : CoseEncrypt0.create(encryptionKey, headers.iv().orElseThrow(), plaintext, aad);
    }

    private static byte[] authenticated(WorkingGroupExample example) throws CoseException {
        CoseEnvelope envelope = envelope(example);
        return example.structure() == Structure.ENCRYPT0
                ? envelope.additional(example.externalAad())
                : envelope.authenticated(example.externalAad());
    }

    private static CoseEnvelope envelope(WorkingGroupExample example) throws CoseException {
        return CoseEnvelope.decode(example.message(), MAX, Set.of(example.structure()));
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
