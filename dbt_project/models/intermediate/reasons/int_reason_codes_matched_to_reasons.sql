with

stated as (
    select
        reason_system,
        reason_code as source_reason_code,
        requested_date as recorded_date
    from {{ ref('int_return_lines_joined_to_receipts') }}
    where reason_code is not null
),

inspected as (
    select
        reason_system,
        source_reason_code,
        recorded_date
    from {{ ref('int_inspections_narrowed_to_return_lines') }}
),

classified as (
    select
        source_reason_system as reason_system,
        source_reason_code,
        recorded_date
    from {{ ref('int_return_lines_read_to_reason_codes') }}
),

recorded as (
    select
        reason_system,
        source_reason_code,
        recorded_date
    from stated

    union distinct

    select
        reason_system,
        source_reason_code,
        recorded_date
    from inspected

    union distinct

    select
        reason_system,
        source_reason_code,
        recorded_date
    from classified
),

normalised as (
    select distinct
        reason_system,
        source_reason_code,
        {{ to_matching_reason_system('reason_system') }} as matching_system,
        {{ to_matching_reason_code('reason_system', 'source_reason_code') }} as matching_code
    from recorded
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
    select
        reason_code,
        valid_from_date,
        valid_to_date
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

-- A code means what the taxonomy of its day made of it; on an unknown day any reason may stand.
ranked as (
    select
        recorded.reason_system,
        recorded.source_reason_code,
        recorded.recorded_date,
        candidates.reason_code,
        candidates.is_ambiguous,
        row_number() over (
            partition by
                recorded.reason_system, recorded.source_reason_code, recorded.recorded_date
            order by
                candidates.preference_number asc,
                candidates.matched_length desc,
                candidates.reason_code asc
        ) as place_number
    from recorded
    inner join candidates
        on
            recorded.reason_system = candidates.reason_system
            and recorded.source_reason_code = candidates.source_reason_code
    inner join taxonomy
        on
            candidates.reason_code = taxonomy.reason_code
            and coalesce(recorded.recorded_date >= taxonomy.valid_from_date, true)
            and coalesce(recorded.recorded_date <= taxonomy.valid_to_date, true)
),

best as (
    select
        reason_system,
        source_reason_code,
        recorded_date,
        reason_code,
        is_ambiguous
    from ranked
    where place_number = 1
),

final as (
    select
        recorded.reason_system as source_reason_system,
        recorded.source_reason_code,
        -- An unknown code is kept as it came, under the system that wrote it.
        coalesce(best.reason_code, recorded.source_reason_code) as reason_code,
        case when best.reason_code is null then recorded.reason_system else 'taxonomy' end
            as reason_system,
        best.reason_code is not null as is_reason_mapped,
        coalesce(best.is_ambiguous, false) as is_ambiguous,
        recorded.recorded_date
    from recorded
    left join best
        on
            recorded.reason_system = best.reason_system
            and recorded.source_reason_code = best.source_reason_code
            and recorded.recorded_date is not distinct from best.recorded_date
)

select * from final
