with

seeded as (
    select
        {{ to_matching_reason_system('reason_system') }} as reason_system,
        {{ to_matching_reason_code('reason_system', 'source_code') }} as matching_code,
        source_code,
        reason_code,
        is_ambiguous
    from {{ ref('reason_crosswalk') }}
),

source as (
    select
        {{ to_matching_reason_system('reason_system') }} as reason_system,
        {{ to_matching_reason_code('reason_system', 'source_code') }} as matching_code,
        source_code,
        reason_code,
        coalesce(cast(is_ambiguous as boolean), false) as is_ambiguous
    from {{ source('landing', 'reason_crosswalk') }}
),

-- A shop's rows stand in place of those that they name again.
laid as (
    select
        reason_system,
        matching_code,
        source_code,
        reason_code,
        is_ambiguous,
        true as is_changed_by_shop
    from source

    union all

    select
        seeded.reason_system,
        seeded.matching_code,
        seeded.source_code,
        seeded.reason_code,
        seeded.is_ambiguous,
        false as is_changed_by_shop
    from seeded
    left join source
        on
            seeded.reason_system = source.reason_system
            and seeded.matching_code = source.matching_code
    where source.matching_code is null
),

renamed as (
    select
        reason_system,
        matching_code,
        source_code,
        reason_code,
        case when matching_code like '%*' then replace(matching_code, '*', '') end as prefix_text,
        is_ambiguous,
        is_changed_by_shop
    from laid
)

select * from renamed
