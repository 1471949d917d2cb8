package io.coapgate.crypto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String BASE = "io.coapgate.crypto.";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.coapgate.crypto");

    @Test
    void packagesHaveNoCycles() {
        slices().matching(BASE + "(*)..").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void keyStandsOnNothingElse() {
        mayNotImport("key", "cose", "cwt", "ace", "jose", "jca", "inspect");
    }

    @Test
    void coseStandsOnKeyOnly() {
        mayNotImport("cose", "cwt", "ace", "jose", "jca", "inspect");
    }

    @Test
    void cwtStandsOnCoseAndKeyOnly() {
        mayNotImport("cwt", "ace", "jose", "jca", "inspect");
    }

    @Test
    void aceStandsOnCwtCoseAndKeyOnly() {
        mayNotImport("ace", "jose", "jca", "inspect");
    }

    @Test
    void joseStandsOnKeyOnly() {
        mayNotImport("jose", "cose", "cwt", "ace", "jca", "inspect");
    }

    @Test
    void inspectStandsOnCwtCoseAndKeyOnlyAndNothingStandsOnIt() {
        mayNotImport("inspect", "ace", "jose", "jca");
        mayNotImport("jca", "inspect");
    }

    @Test
    void jcaStandsOnKeyOnly() {
        mayNotImport("jca", "cose", "cwt", "ace", "jose");
    }

    @Test
    void onlyCoseCwtAndAceKnowTheCborLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE + "cose", BASE + "cwt", BASE + "ace")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.upokecenter..")
                .check(MODULE);
    }

    @Test
    void onlyJoseKnowsNimbus() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "jose")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.nimbusds..")
                .check(MODULE);
    }

    @Test
    void onlyAesCcmItsBlockCipherAndEd25519KnowBouncyCastle() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(BASE + "cose.AesCcm")
                .and()
                .doNotHaveFullyQualifiedName(BASE + "cose.JdkAes")
                .and()
                .doNotHaveFullyQualifiedName(BASE + "jca.Ed25519Signer")
                .and()
                .doNotHaveFullyQualifiedName(BASE + "jca.Ed25519Verifier")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(MODULE);
    }

    @Test
    void nothingHereKnowsTheCoapStack() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.californium..", "io.coapgate.gateway..")
                .check(MODULE);
    }

    @Test
    void onlyTheVerifierMakesTheProofOfVerification() {
        noClasses()
                .that()
                .doNotHaveSimpleName("CwtVerifier")
                .should()
                .callConstructorWhere(constructorOf("VerifiedCwt"))
                .check(MODULE);
        constructors()
                .that()
                .areDeclaredInClassesThat()
                .haveSimpleName("VerifiedCwt")
                .should()
                .bePackagePrivate()
                .check(MODULE);
    }

    private static DescribedPredicate<JavaConstructorCall> constructorOf(String simpleName) {
        return DescribedPredicate.describe(
                "of " + simpleName,
                call -> call.getTargetOwner().getSimpleName().equals(simpleName));
    }

    private void mayNotImport(String name, String... forbidden) {
        String[] packages = new String[forbidden.length];
        for (int i = 0; i < forbidden.length; i++) {
            packages[i] = BASE + forbidden[i];
        }
        noClasses()
                .that()
                .resideInAPackage(BASE + name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true)
                .check(MODULE);
    }
}
