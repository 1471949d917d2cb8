package io.coapgate.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;

/** The levels and fences of the design. A rule that breaks is to be argued with in docs/decisions, not here. */
@AnalyzeClasses(packages = "io.coapgate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String GATEWAY = "io.coapgate.gateway";
    private static final Map<String, Integer> LEVELS = Map.ofEntries(
            Map.entry(".refusal", 0),
            Map.entry(".device", 1),
            Map.entry(".keys", 1),
            Map.entry(".payload", 1),
            Map.entry(".upstream", 1),
            Map.entry(".token", 2),
            Map.entry(".authz", 2),
            Map.entry(".exchange", 3),
            Map.entry(".issuing", 3),
            Map.entry(".oauth", 3),
            Map.entry(".trust", 3),
            Map.entry(".observe", 4),
            Map.entry(".dtls", 5),
            Map.entry(".coap", 5),
            Map.entry(".ace", 5),
            Map.entry(".discovery", 5),
            Map.entry(".admin", 5),
            Map.entry(".config", 6),
            Map.entry("", 7),
            Map.entry(".cli", 8));

    @ArchTest
    static final ArchRule dependencies_point_downward_and_never_sideways =
            classes().that().resideInAPackage(GATEWAY + "..").should(dependOnLowerLevelsOnly());

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("io.coapgate.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule californium_stays_at_the_edge =
            fence("org.eclipse.californium..", GATEWAY + ".dtls", GATEWAY + ".coap");

    @ArchTest
    static final ArchRule scandium_stays_in_dtls = fence("org.eclipse.californium.scandium..", GATEWAY + ".dtls");

    @ArchTest
    static final ArchRule nimbus_stays_with_jwt_keys_and_oauth_messages =
            fence("com.nimbusds..", "io.coapgate.crypto.jose", GATEWAY + ".oauth");

    @ArchTest
    static final ArchRule cbor_stays_in_crypto =
            fence("com.upokecenter..", "io.coapgate.crypto.cose", "io.coapgate.crypto.cwt", "io.coapgate.crypto.ace");

    @ArchTest
    static final ArchRule what_looks_into_unverified_tokens_stays_on_the_command_line =
            fence("io.coapgate.crypto.inspect..", GATEWAY + ".cli", "io.coapgate.crypto.inspect");

    @ArchTest
    static final ArchRule what_looks_into_unverified_jwts_stays_on_the_command_line = noClasses()
            .that()
            .resideOutsideOfPackages(GATEWAY + ".cli", "io.coapgate.crypto.jose")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("JwtInspection");

    @ArchTest
    static final ArchRule vertx_stays_with_http = fence("io.vertx..", GATEWAY + ".upstream", GATEWAY + ".admin");

    @ArchTest
    static final ArchRule breakers_stay_upstream = fence("io.github.resilience4j..", GATEWAY + ".upstream");

    @ArchTest
    static final ArchRule bouncy_castle_stays_in_shared_crypto =
            fence("org.bouncycastle..", "io.coapgate.crypto.cose", "io.coapgate.crypto.jca");

    @ArchTest
    static final ArchRule jackson_stays_in_config_and_the_payload_codec =
            fence("tools.jackson..", GATEWAY + ".config", GATEWAY + ".cli", GATEWAY + ".payload");

    @ArchTest
    static final ArchRule classes_are_final = classes()
            .that()
            .resideInAPackage("io.coapgate..")
            .and()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule logic_asks_a_clock_for_the_time =
            noClasses().that().resideInAPackage("io.coapgate..").should().callMethod(java.time.Instant.class, "now");

    private static ArchRule fence(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static ArchCondition<JavaClass> dependOnLowerLevelsOnly() {
        return new ArchCondition<>("depend on packages of lower levels only") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                origin.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isGateway().test(dependency.getTargetClass()))
                        .filter(dependency ->
                                !dependency.getTargetClass().getPackageName().equals(origin.getPackageName()))
                        .filter(dependency -> level(dependency.getTargetClass()) >= level(origin))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(origin, dependency.getDescription())));
            }
        };
    }

    private static DescribedPredicate<JavaClass> isGateway() {
        return JavaClass.Predicates.resideInAPackage(GATEWAY + "..");
    }

    private static int level(JavaClass type) {
        String name = type.getPackageName().substring(GATEWAY.length());
        Integer level = LEVELS.get(name);
        if (level == null) {
            throw new IllegalStateException("package " + type.getPackageName() + " has no level; give it one");
        }
        return level;
    }
}
