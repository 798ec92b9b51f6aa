with

stated as (
    select
        reason_system,
        reason_code as source_reason_code
    from {{ ref('int_return_lines_joined_to_receipts') }}
    where reason_code is not null
),

inspected as (
    select
        reason_system,
        source_reason_code
    from {{ ref('int_inspections_narrowed_to_return_lines') }}
),

named as (
    select
        reason_system,
        source_reason_code
    from stated

    union distinct

    select
        reason_system,
        source_reason_code
    from inspected
),

normalised as (
    select
        reason_system,
        source_reason_code,
        {{ to_matching_reason_system('reason_system') }} as matching_system,
        {{ to_matching_reason_code('reason_system', 'source_reason_code') }} as matching_code
    from named
),

crosswalk as (
    select
        reason_system,
        matching_code,
        prefix_text,
        reason_code,
        is_ambiguous
    from {{ ref('stg_kaeru__reason_crosswalk') }}
),

taxonomy as (
    select reason_code
    from {{ ref('stg_kaeru__reasons') }}
),

-- The crosswalk of its system knows a code best, whole before by its beginning; one that it does
-- not name may still be a code of the taxonomy, whoever wrote it.
candidates as (
    select
        normalised.reason_system,
        normalised.source_reason_code,
        crosswalk.reason_code,
        crosswalk.is_ambiguous,
        case when crosswalk.matching_code = normalised.matching_code then 1 else 2 end
            as preference_number,
        length(crosswalk.matching_code) as matched_length
    from normalised
    inner join crosswalk
        on
            normalised.matching_system = crosswalk.reason_system
            and (
                normalised.matching_code = crosswalk.matching_code
                or substring(normalised.matching_code, 1, length(crosswalk.prefix_text))
                = crosswalk.prefix_text
            )

    union all

    select
        normalised.reason_system,
        normalised.source_reason_code,
        taxonomy.reason_code,
        false as is_ambiguous,
        3 as preference_number,
        length(taxonomy.reason_code) as matched_length
    from normalised
    inner join taxonomy on upper(trim(normalised.source_reason_code)) = taxonomy.reason_code
),

ranked as (
    select
        reason_system,
        source_reason_code,
        reason_code,
        is_ambiguous,
        row_number() over (
            partition by reason_system, source_reason_code
            order by preference_number asc, matched_length desc, reason_code asc
        ) as place_number
    from candidates
),

best as (
    select
        reason_system,
        source_reason_code,
        reason_code,
        is_ambiguous
    from ranked
    where place_number = 1
),

final as (
    select
        named.reason_system as source_reason_system,
        named.source_reason_code,
        -- An unknown code is kept as it came, under the system that wrote it.
        coalesce(best.reason_code, named.source_reason_code) as reason_code,
        case when best.reason_code is null then named.reason_system else 'taxonomy' end
            as reason_system,
        best.reason_code is not null as is_reason_mapped,
        coalesce(best.is_ambiguous, false) as is_ambiguous
    from named
    left join best
        on
            named.reason_system = best.reason_system
            and named.source_reason_code = best.source_reason_code
)

select * from final
